"""Fields and form sections that patients and staff share. They check what was typed and never save it."""
