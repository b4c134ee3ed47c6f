"""The clinic's facts for every page, also while the database is down.

It imports models and text.
"""
