"""The shipped pages as a patient reads them, for the tests of their words."""

from __future__ import annotations

from typing import Any

from clinic_site.local.readability import prose
from treatments.models import Page
from treatments.pages.rendering import page_context
from treatments.shipped.content_files import CONTENT

__all__ = ["CONDITIONS", "PAGES", "prose", "read"]

PAGES = sorted(path.stem for path in (CONTENT / "en" / "pages").glob("*.md"))
CONDITIONS = ("migraine", "tension-headache", "back-pain", "tmj")


def read(key: str) -> tuple[dict[str, Any], str]:
    """Return the context of a page, and all HTML in it that comes from its texts."""
    context = page_context(Page.objects.get(key=key))
    parts = [f"<p>{context['page'].lead_html}</p>"]
    parts += [f"<p>{use.summary_html}</p>" for use in context["indications"]]
    # The home page says which uses are approved, then lists the conditions.
    opening = 1 if context["page"].kind == "home" else 0
    parts += [section.html for section in context["sections"][:opening]]
    parts += [f"<p>{condition.summary}</p>" for condition in context["conditions"]]
    parts += [section.html for section in context["sections"][opening:]]
    parts += [f"<p>{faq.question}</p>{faq.answer_html}" for faq in context["faqs"]]
    return context, "".join(parts)
