"""The help pages, made from the tables that the code goes by.

Rooms beside it import what this file names, and nothing else of it.
"""
