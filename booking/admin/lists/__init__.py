"""What several lists share: urgency, filters, flags, ageing, counts, calls owed, visits that must move.

It imports base alone.
"""
