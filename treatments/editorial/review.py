"""Whether a clinician stands behind a page as it reads now, and whether its Spanish may be shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext

from treatments.clinic import clinic
from treatments.editorial import signed_text, signoff
from treatments.editorial.gates import Gate
from treatments.editorial.page_data import Review
from treatments.models import FAQ, Page, SignOff
from treatments.models.pages import HEALTH_KINDS, Kind, Status
from treatments.models.signoffs import SIGN_HEALTH, SIGN_SPANISH

# 45 CFR 92.201(c)(3): a qualified human translator reviews machine translation of critical text.
CRITICAL_SPANISH = HEALTH_KINDS | {Kind.LEGAL}


def subject_key(page: Page, language: str) -> str:
    return f"page/{page.key}/{language}"


def digest(page: Page, language: str) -> str:
    """Return the fingerprint of everything that is signed of the page in one language."""
    return signoff.digest_of(signed_text.lines(page, language))


def of(page: Page, language: str) -> Review | None:
    """Return the review of a page, or None when nobody signed it or it changed since.

    The Spanish of a page is reviewed when a translator has signed it and a clinician the English.
    """
    if not page.is_health:
        return None
    signed = signoff.newest(subject_key(page, "en"))
    if not signed or not _still_read(page, signed):
        return None
    if language == "es" and has_spanish(page) and not is_spanish_signed(page):
        return None
    return _review(page, signed)


def last(page: Page) -> Review | None:
    """Return the newest review that a page ever had, also when its words changed since."""
    signed = signoff.newest(subject_key(page, "en"))
    return _review(page, signed) if signed else None


def has_spanish(page: Page) -> bool:
    """Whether every text of the page has its Spanish."""
    return not signed_text.missing_spanish(page)


def is_spanish_signed(page: Page) -> bool:
    """Whether a translator stands behind the Spanish as it reads now, beside the English as it reads now."""
    return signoff.is_signed(subject_key(page, "es"), digest(page, "es"))


def shows_spanish(page: Page) -> bool:
    """Whether the page has a Spanish of its own; otherwise its Spanish address shows the English."""
    if not has_spanish(page):
        return False
    return settings.DEMO or page.kind not in CRITICAL_SPANISH or is_spanish_signed(page)


def awaits_translator(page: Page) -> bool:
    """Whether the page shows Spanish that no qualified translator has signed: in a demonstration alone."""
    return page.kind in CRITICAL_SPANISH and shows_spanish(page) and not is_spanish_signed(page)


def subjects() -> Iterator[signoff.Subject]:
    """List the health pages for a clinician, and the critical Spanish that is there for a translator."""
    for page in Page.objects.prefetch_related(*signed_text.NEEDS).order_by("key"):
        if page.is_health:
            yield _subject(page, "en", SIGN_HEALTH)
        if page.kind in CRITICAL_SPANISH and has_spanish(page):
            yield _subject(page, "es", SIGN_SPANISH)


def gates() -> Iterator[Gate]:
    """List what signatures open of the pages: drafts about health, and Spanish that is there and critical.

    A published page whose English changed since is open, and says so itself.
    """
    for page in Page.objects.prefetch_related(*signed_text.NEEDS).order_by("key"):
        if page.is_health and page.status == Status.DRAFT:
            yield _gate(gettext("the page “%(title)s”"), page, "en")
        elif page.kind in CRITICAL_SPANISH and page.status == Status.PUBLISHED and has_spanish(page):
            yield _gate(gettext("the page “%(title)s” in Spanish"), page, "es")


def _gate(label: str, page: Page, language: str) -> Gate:
    return Gate(label % {"title": page.title}, (subject_key(page, language),), is_form=False)


def _subject(page: Page, language: str, right: str) -> signoff.Subject:
    name = dict(settings.LANGUAGES)[language]
    label = gettext("Page “%(title)s” (%(language)s)") % {"title": page.title, "language": name}
    return signoff.Subject(
        subject_key(page, language), label, partial(signed_text.lines, page, language), right
    )


def _still_read(page: Page, signed: SignOff) -> bool:
    """Whether what patients read now is what was signed.

    Drafts among the questions are signed before they are shown, and do not count until they are.
    """
    if page.kind != Kind.FAQ:
        return signed.digest == digest(page, "en")
    hidden = {signed_text.faq_place(row) for row in FAQ.objects.exclude(status=Status.PUBLISHED)}
    now, then = signoff.as_data(signed_text.lines(page, "en")), signed.lines
    return [line for line in now if line["place"] not in hidden] == [
        line for line in then if line["place"] not in hidden
    ]


def _review(page: Page, signed: SignOff) -> Review:
    facts = clinic.read()
    zone = facts.time_zone if facts else "UTC"
    day = signed.signed_at.astimezone(ZoneInfo(zone)).date()
    return Review(
        signed.signer_name,
        signed.credential,
        day,
        _months_later(day, page.review_every_months),
        zone,
    )


def _months_later(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.month - 1 + months, 12)
    return dt.date(day.year + years, month + 1, min(day.day, 28))
