"""What is counted and kept: the dashboard, the audit log, exports.

Rooms beside it import what this file names, and nothing else of it.
"""
