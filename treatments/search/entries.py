"""What can be found: one entry for each published page, section and question of a language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import override

from treatments.models import FAQ, Page
from treatments.models.pages import Kind
from treatments.pages import published_list
from treatments.pages.rendering import NEEDS
from treatments.search.plain import words_of

# Notices are long and name everything; what they say about a subject is seldom what a patient looks for.
WEIGHT: Final[dict[str, float]] = {Kind.LEGAL: 0.4}
# Sections that stand on their page without a heading of their own to lead to.
PLACELESS: Final[dict[str, set[str]]] = {
    Kind.CONDITION: {"alert"},
    Kind.HOME: {"promise", "call-911", "closing"},
}


@dataclass(frozen=True)
class Entry:
    """Something with an address, on a page with the title `page`.

    In the ranking `title` counts most, then `summary`, then `text`, all of it times `weight`.
    """

    page_url: str
    page: str
    anchor: str
    title: str
    summary: str
    text: str
    weight: float

    @property
    def url(self) -> str:
        """The address, with the anchor of a section."""
        return f"{self.page_url}#{self.anchor}" if self.anchor else self.page_url


# Pages that are no content, by the app that has them.
_others: dict[str, Callable[[], list[Entry]]] = {}


def register(app: str, others: Callable[[], list[Entry]]) -> None:
    """Let the search find an app's own pages; `others` is called with the language active."""
    _others[app] = others


def entries(language: str) -> list[Entry]:
    """Return everything that a patient may find in a language; drafts and missing Spanish are left out."""
    with override(language):
        others = [entry for provide in _others.values() for entry in provide()]
        pages = Page.objects.published().select_related("condition").prefetch_related(*NEEDS)
        shown = [page for page in pages if language in published_list.languages(page)]
        return others + [
            entry
            for page in shown
            for entry in _of_page(page, published_list.Listed(page.key, (), None).path)
        ]


def _of_page(page: Page, url: str) -> Iterator[Entry]:
    weight = WEIGHT.get(page.kind, 1.0)
    yield Entry(url, page.title, "", page.title, _summary(page), words_of(page.lead), weight)
    for section in page.sections.all():
        text = words_of(section.body)
        if text and section.anchor not in PLACELESS.get(page.kind, set()):
            yield Entry(url, page.title, section.anchor, section.title, page.short_title, text, weight)
    if page.kind == Kind.FAQ:
        yield from (
            Entry(url, page.title, row.anchor, row.question, "", words_of(row.answer), weight)
            for row in FAQ.objects.published()
            if row.question and row.answer
        )


def _summary(page: Page) -> str:
    condition = page.condition
    about = [condition.name, words_of(condition.summary)] if condition else []
    return ". ".join([page.short_title, page.description, *about])
