"""The editor's side of the public content."""

from __future__ import annotations

from treatments.admin import clinic, clinicians, conditions, faqs, pages, signoffs, sources

__all__ = ["clinic", "clinicians", "conditions", "faqs", "pages", "signoffs", "sources"]
