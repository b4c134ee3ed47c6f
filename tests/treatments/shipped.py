"""The shipped pages as a patient reads them, for the tests of their words."""

from __future__ import annotations

import html
import re
from typing import Any

from treatments.content_files import CONTENT
from treatments.models import Page
from treatments.rendering import page_context

PAGES = sorted(path.stem for path in (CONTENT / "en" / "pages").glob("*.md"))
CONDITIONS = ("migraine", "tension-headache", "back-pain", "tmj")


def prose(text: str) -> str:
    """Return prose: no citations, headings, tables or figures, a full stop after each item and paragraph."""
    text = re.sub(r'<sup class="cite">.*?</sup>', "", text)
    text = re.sub(r"<(table|figure|svg|h[1-6])\b.*?</\1>", "", text, flags=re.DOTALL)
    text = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(li|p|div)>", ". ", text)))
    # Names that nobody can shorten count as one short word.
    text = text.replace("(onabotulinumtoxinA)", "").replace("BOTOX®", "shot")
    return re.sub(r"(?<=[.?!:])[\s.]*\.", "", re.sub(r"\s+", " ", text)).replace(":", ".")


def read(key: str) -> tuple[dict[str, Any], str]:
    """Return the context of a page, and all HTML in it that comes from its texts."""
    context = page_context(Page.objects.get(key=key))
    parts = [f"<p>{context['page'].lead_html}</p>"]
    parts += [f"<p>{use.summary_html}</p>" for use in context["indications"]]
    parts += [f"<p>{condition.summary}</p>" for condition in context["conditions"]]
    parts += [section.html for section in context["sections"]]
    parts += [f"<p>{faq.question}</p>{faq.answer_html}" for faq in context["faqs"]]
    return context, "".join(parts)
