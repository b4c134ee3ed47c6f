"""Visits: the calendar's pages, hours and absences, visit types, visits that must move, the day's sheet.

Rooms beside it import what this file names, and nothing else of it.
"""
