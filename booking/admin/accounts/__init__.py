"""The pages on which managers invite staff and change their roles.

Rooms beside it import what this file names, and nothing else of it.
"""
