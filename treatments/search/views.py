"""The search page. What was asked stands in the address alone: no title, log or cache repeats it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from treatments.pages import head
from treatments.search import index
from treatments.search.entries import Entry
from treatments.search.excerpts import excerpt, mark
from treatments.search.query import Query, parse
from treatments.text.links import page_url

# What to offer where nothing was found, in this order.
MAIN_PAGES: Final = ("conditions", "botox", "safety", "candidate", "costs", "your-visit", "faq", "contact")
MAX_PAGES: Final = 6
MAX_HITS: Final = 3  # on one page
FEW: Final = 3


@dataclass(frozen=True)
class Hit:
    """A place on a page."""

    url: str
    title: SafeString
    excerpt: SafeString


@dataclass(frozen=True)
class PageHits:
    """A page with the places on it that were found, best first. `excerpt` is "" for places alone."""

    url: str
    title: str
    excerpt: SafeString
    hits: list[Hit]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the search box, and what was found for `q`."""
    language = get_language() or "en"
    query = parse(request.GET.get("q", ""), language)
    response = render(request, "treatments/search/search.html", _context(query, language))
    # A query can tell about a person's health: no cache, no index, and no referrer to any next page.
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _context(query: Query, language: str) -> dict[str, Any]:
    spoken = index.of(language)
    results = [] if query.is_empty or query.is_too_short else _results(spoken, query)
    twins = head.of_view("treatments:search").alternates
    return {
        "query": query,
        "results": results,
        "main_pages": [] if results else _main_pages(spoken),
        "spanish_ready": bool(twins),
    }


def _results(spoken: index.Index, query: Query) -> list[PageHits]:
    chosen = _chosen(spoken.search(query))
    found = [entry for entries in chosen.values() for entry in entries]
    # One question to the database for all of it: a third of the time of two.
    marked = index.marked([*(entry.title for entry in found), *(entry.text for entry in found)], query)
    words = dict(zip(found, zip(marked, marked[len(found) :], strict=False), strict=True))
    return [_page_hits(url, entries, words) for url, entries in chosen.items()]


def _chosen(found: list[index.Found]) -> dict[str, list[Entry]]:
    """Return the places to show by the address of their page, a few of each, the best page first.

    What holds only some of the words is shown where little holds them all.
    """
    close = [one for one in found if one.is_close]
    pages: dict[str, list[Entry]] = {}
    for one in found if len(close) < FEW else close:
        if one.entry.page_url in pages or len(pages) < MAX_PAGES:
            pages.setdefault(one.entry.page_url, []).append(one.entry)
    return {url: entries[:MAX_HITS] for url, entries in pages.items()}


def _page_hits(url: str, entries: list[Entry], words: dict[Entry, tuple[str, str]]) -> PageHits:
    about = next(
        (excerpt(entry.text, words[entry][1]) for entry in entries if not entry.anchor), SafeString("")
    )
    hits = [
        Hit(entry.url, mark(entry.title, words[entry][0]), excerpt(entry.text, words[entry][1]))
        for entry in entries
        if entry.anchor
    ]
    return PageHits(url, entries[0].page, about, hits)


def _main_pages(spoken: index.Index) -> list[Entry]:
    pages = {entry.page_url: entry for entry in spoken.entries if not entry.anchor}
    return [pages[url] for url in map(page_url, MAIN_PAGES) if url in pages]
