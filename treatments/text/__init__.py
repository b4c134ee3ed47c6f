"""Markdown to HTML, and what is checked of a text by itself. It knows no models.

It imports nothing else of the app; every package may import it.
"""
