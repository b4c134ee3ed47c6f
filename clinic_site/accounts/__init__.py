"""Who may come in to the staff workspace, and how they sign in."""

from __future__ import annotations
