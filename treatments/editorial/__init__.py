"""What editors and signers need: publishing, sign-off, the signed words, history, reviews that are due.

It imports clinic, models and text.
"""
