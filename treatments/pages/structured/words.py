"""Words of a page without their markup."""

from __future__ import annotations

import html
import re

from django.utils.html import strip_tags

CITATION = re.compile(r'<sup class="cite">.*?</sup>', re.DOTALL)


def plain(markup: str) -> str:
    """Return the text of rendered markup on one line, without its citation numbers."""
    return " ".join(html.unescape(strip_tags(CITATION.sub("", str(markup)))).split())
