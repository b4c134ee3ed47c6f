"""The statements that a text can ask for with `::: clinic visit`, by the field that holds them."""

from __future__ import annotations

# What the clinic says about its own practice. Each is hidden on the pages until the clinic fills it in.
STATEMENTS = (
    "visit_note",
    "stopping_note",
    "off_label_note",
    "costs_note",
    "access_note",
    "language_note",
)
