"""The published pages as a list for machines: address, languages, last change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from treatments.editorial import review
from treatments.models import FAQ, Condition, Page
from treatments.models.base import Content
from treatments.models.pages import Kind
from treatments.pages.rendering import NEEDS
from treatments.text.links import page_url


@dataclass(frozen=True)
class Listed:
    """A page by its key. `changed` is None where nobody keeps a date."""

    key: str
    languages: tuple[str, ...]
    changed: dt.datetime | None

    @property
    def path(self) -> str:
        """Return the path in the active language."""
        return page_url(self.key)


def listed() -> list[Listed]:
    """Return every published page, with the languages that it is written in."""
    pages = Page.objects.published().select_related("condition").prefetch_related(*NEEDS)
    return [Listed(page.key, languages(page), max(row.updated_at for row in _shown(page))) for page in pages]


def languages(page: Page) -> tuple[str, ...]:
    """Return the languages of a page; its address in another one shows English and is not indexed."""
    return ("en", "es") if review.shows_spanish(page) else ("en",)


def speaks_spanish(key: str) -> bool:
    """Whether a published page is written in Spanish too."""
    page = (
        Page.objects.published().select_related("condition").prefetch_related(*NEEDS).filter(key=key).first()
    )
    return bool(page and "es" in languages(page))


def _shown(page: Page) -> Iterator[Content]:
    """Yield the rows whose words the page shows."""
    yield page
    yield from page.sections.all()
    if page.kind == Kind.FAQ:
        yield from FAQ.objects.published()
    conditions = [page.condition] if page.condition else []
    if page.kind in (Kind.HOME, Kind.INDEX):
        conditions = list(Condition.objects.prefetch_related("indications"))
    yield from conditions
    uses = list(chain.from_iterable(condition.indications.all() for condition in conditions))
    yield from uses
    if page.condition:
        for use in uses:
            yield from chain(use.findings.all(), use.harms.all())
