"""What the head of a page tells machines: its address, its twin, its card for shared links, its data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from treatments.pages import cards, published_list, structured
from treatments.text.links import in_each_language, page_urls

# Open Graph wants a territory; the Spanish is written for readers in the United States.
LOCALES = {"en": "en_US", "es": "es_US"}


@dataclass(frozen=True)
class Head:
    """All addresses are full ones. Without Spanish there are no alternates, and /es/ is not indexed."""

    url: str
    indexed: bool
    alternates: tuple[tuple[str, str], ...]
    locale: str
    other_locales: tuple[str, ...] = ()
    card: str = ""
    structured: SafeString = SafeString("")


def of(context: dict[str, Any]) -> Head:
    """Return the head of a page from what its template reads, in the active language."""
    language, page = get_language() or "en", context["page"]
    urls, both = page_urls(page.key), context["spanish_ready"]
    return Head(
        url=urls[language],
        indexed=language == "en" or both,
        alternates=alternates(urls) if both else (),
        locale=LOCALES[language],
        other_locales=tuple(LOCALES[code] for code in urls if both and code != language),
        card=cards.address(page.key, page.title, language),
        structured=structured.script(context, urls[language], language),
    )


def of_view(name: str) -> Head:
    """Return the head of an address that is no content page: it speaks Spanish when the home page does."""
    language = get_language() or "en"
    urls = in_each_language(lambda: reverse(name))
    both = published_list.speaks_spanish("home")
    return Head(
        url=urls[language],
        indexed=language == "en" or both,
        alternates=alternates(urls) if both else (),
        locale=LOCALES[language],
    )


def alternates(urls: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Return (hreflang, address) for each language, and English for those who read neither."""
    return (*urls.items(), ("x-default", urls["en"]))
