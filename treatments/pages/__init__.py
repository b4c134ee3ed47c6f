"""The public pages: rendered, kept, compressed, served; their head, data for machines and cards.

It imports editorial and what is below.
"""
