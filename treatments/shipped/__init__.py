"""The content files of this release, and how they get into the database.

It imports pages and what is below; search and selfcheck stand beside it.
"""
