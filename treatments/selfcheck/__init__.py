"""The self-check: a few questions by POST and what they speak for. Nothing of it is kept."""
