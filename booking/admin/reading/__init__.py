"""One request wherever it shows: its steps, advice, answers, contact, timeline, duplicates, row.

It imports base and lists.
"""
