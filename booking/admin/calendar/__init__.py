"""The calendar: days and weeks, times that are free, times to offer, who waits for an earlier one.

It imports base, lists and reading.
"""
