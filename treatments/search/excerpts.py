"""A piece of a text around the words that were looked for, with those words marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from treatments.search.index import START, STOP

LENGTH: Final = 220  # characters
BEFORE: Final = 60  # of them before the first marked word

Span = tuple[int, int]


def excerpt(text: str, marked: str) -> SafeString:
    """Return HTML of a part of `text`. `marked` is the same text folded, with marks around the words found.

    Everything of the text is escaped; only the mark elements are ours.
    """
    spans = list(_spans(marked)) if len(_unmarked(marked)) == len(text) else []
    start, end = _window(text, spans[0][0] if spans else 0)
    inside = [(a, b) for a, b in spans if start <= a and b <= end]
    return format_html(
        "{}{}{}", "… " if start else "", _html(text, start, end, inside), " …" if end < len(text) else ""
    )


def mark(text: str, marked: str) -> SafeString:
    """Return HTML of the whole `text`, with the words found marked."""
    spans = list(_spans(marked)) if len(_unmarked(marked)) == len(text) else []
    return _html(text, 0, len(text), spans)


def _html(text: str, start: int, end: int, spans: list[Span]) -> SafeString:
    pieces, place = [], start
    for a, b in spans:
        pieces.append((text[place:a], text[a:b]))
        place = b
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[place:end])


def _spans(marked: str) -> Iterator[Span]:
    """Yield where the marked words stand in the text without marks."""
    place, start = 0, 0
    for letter in marked:
        if letter == START:
            start = place
        elif letter == STOP:
            yield start, place
        else:
            place += 1


def _unmarked(marked: str) -> str:
    return marked.replace(START, "").replace(STOP, "")


def _window(text: str, first: int) -> Span:
    """Return where to cut, between words."""
    start = max(0, first - BEFORE)
    if start:
        start = text.find(" ", start, first) + 1 or first
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", start, end), first)
    return start, end
