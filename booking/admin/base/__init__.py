"""What every room stands on: who may see what and the record of it, words for people, paging.

It imports no other room; every room may import it.
"""
