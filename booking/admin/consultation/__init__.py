"""The page of one request: what stands beside it, notes, who else looks; and the form for a call.

Rooms beside it import what this file names, and nothing else of it.
"""
