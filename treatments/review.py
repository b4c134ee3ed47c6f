"""Whether a clinician stands behind a page as it reads now, and whether its Spanish is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext

from treatments import markup, signoff
from treatments.models import FAQ, Clinic, Condition, Page, Source
from treatments.models.pages import Kind
from treatments.reading import Review

# The fields that a patient reads, by the name of the model.
READ = {
    "Page": ("title", "lead", "description"),
    "Section": ("title", "body"),
    "FAQ": ("question", "answer"),
    "Condition": ("name", "short_name", "summary"),
    "Indication": ("name", "grade_label", "summary"),
    "Finding": ("measure", "unit", "note"),
    "Harm": ("name",),
}
FACTS = {
    "Indication": ("status", "grade"),
    "Finding": ("with_botox", "with_placebo", "participants"),
    "Harm": ("percent", "one_in"),
}
OPTIONAL = {("Finding", "note")}


def subject_key(page: Page, language: str) -> str:
    return f"page/{page.key}/{language}"


def digest(page: Page, language: str) -> str:
    """Return the fingerprint of everything that the page says in one language, its sources included."""
    rows = list(_rows(page))
    texts = [[type(row).__name__, row.pk, *_texts(row, language), *_facts(row)] for row in rows]
    cited = {key for row in rows for text in _texts(row, language) for key in markup.cited_keys(text)}
    sources = Source.objects.filter(key__in=cited).order_by("key")
    return signoff.digest({"texts": texts, "sources": [[s.key, s.text, s.link] for s in sources]})


def of(page: Page, language: str) -> Review | None:
    """Return the review of a page, or None when nobody signed it or it changed since."""
    if not page.is_health:
        return None
    spoken = language if language == "en" or has_spanish(page) else "en"
    signed = signoff.newest(subject_key(page, spoken))
    if not signed or signed.digest != digest(page, spoken):
        return None
    clinic = Clinic.objects.first()
    day = signed.signed_at.astimezone(ZoneInfo(clinic.time_zone if clinic else "UTC")).date()
    return Review(signed.signer_name, signed.credential, day, _months_later(day, page.review_every_months))


def has_spanish(page: Page) -> bool:
    """Whether every text of the page has its Spanish."""
    return all(
        getattr(row, f"{field}_es")
        for row in _rows(page)
        for field in READ[type(row).__name__]
        if (type(row).__name__, field) not in OPTIONAL
    )


def subjects() -> Iterator[signoff.Subject]:
    """List the health pages that a clinician signs, in each language that they are written in."""
    for page in Page.objects.select_related("condition").order_by("key"):
        if not page.is_health:
            continue
        for language, name in settings.LANGUAGES:
            if language == "en" or has_spanish(page):
                label = gettext("Page “%(title)s” (%(language)s)") % {"title": page.title, "language": name}
                yield signoff.Subject(subject_key(page, language), label, partial(digest, page, language))


def _rows(page: Page) -> Iterator[Any]:
    yield page
    yield from page.sections.all()
    if page.kind == Kind.FAQ:
        yield from FAQ.objects.published()
    conditions = [page.condition] if page.condition else []
    if page.kind in (Kind.HOME, Kind.INDEX):
        conditions = list(Condition.objects.prefetch_related("indications"))
    yield from conditions
    for use in chain.from_iterable(condition.indications.all() for condition in conditions):
        yield use
        if page.condition:
            yield from use.findings.all()
            yield from use.harms.all()


def _texts(row: Any, language: str) -> list[str]:
    return [getattr(row, f"{field}_{language}") or "" for field in READ[type(row).__name__]]


def _facts(row: Any) -> list[str]:
    names = FACTS.get(type(row).__name__, ())
    return [str(getattr(row, name)) for name in names]


def _months_later(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.month - 1 + months, 12)
    return dt.date(day.year + years, month + 1, min(day.day, 28))
