"""What a page needs before patients may read it, and what it would still be better with.

Outside a demonstration nobody reads words about health that no clinician stands behind. A demonstration
shows them, and says so on each page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from treatments.editorial import review, signed_text, signoff
from treatments.models import FAQ, Page, Section, references
from treatments.models.pages import Kind, Status

UNFINISHED = "[Clinic to complete"


@dataclass(frozen=True)
class Point:
    """One thing on the list of a page. What is not done and `blocks` keeps the page from patients."""

    label: str
    done: bool
    why: str
    blocks: bool = False


def checklist(page: Page, sections: Sequence[Section] | None = None) -> list[Point]:
    """Return what the page has and lacks, with the reason; `sections` stands for those in the database."""
    points = [_sources(page, sections)]
    if page.is_health:
        points.append(_signed(page, sections))
    points += [_complete(page, sections), _spanish(page)]
    if page.kind in review.CRITICAL_SPANISH and review.has_spanish(page):
        points.append(_spanish_signed(page))
    return points


def obstacles(page: Page, sections: Sequence[Section] | None = None) -> list[str]:
    """Return why the page cannot be published; an empty list when it can."""
    return [point.why for point in checklist(page, sections) if point.blocks and not point.done]


def faq_obstacles(row: FAQ) -> list[str]:
    """Return why a question cannot be shown on the FAQ page, besides its sources."""
    page = Page.objects.filter(kind=Kind.FAQ).first()
    if (
        settings.DEMO
        or not page
        or signoff.covers(review.subject_key(page, "en"), signed_text.lines_of_faq(row))
    ):
        return []
    return [
        _(
            "A clinician must sign this question first. Save it as a draft and have “%(page)s” signed:"
            " its drafts are signed with it."
        )
        % {"page": page.title}
    ]


def withdraw_unsigned() -> list[str]:
    """Outside a demonstration, make drafts of the health pages that nobody ever signed; return their keys.

    A page that was signed and changed since, by a release or through a source, stays and says so itself.
    """
    if settings.DEMO:
        return []
    published = [page for page in Page.objects.published() if page.is_health]
    unsigned = [page for page in published if not signoff.newest(review.subject_key(page, "en"))]
    for page in unsigned:
        page.status = Status.DRAFT
        page.save(update_fields=["status", "updated_at"])
    return [page.key for page in unsigned]


def unfinished(page: Page, sections: Sequence[Section] | None = None) -> bool:
    """Whether the page is a template that the clinic must still complete."""
    return page.is_template or any(UNFINISHED in text for text in signed_text.texts(page, sections))


def _sources(page: Page, sections: Sequence[Section] | None) -> Point:
    unknown = references.unknown_sources(signed_text.texts(page, sections))
    return Point(_("Sources are known"), not unknown, " ".join(unknown), blocks=True)


def _signed(page: Page, sections: Sequence[Section] | None) -> Point:
    label, blocks = _("A clinician has signed off the English"), not settings.DEMO
    key = review.subject_key(page, "en")
    signed = signoff.newest(key)
    if signed and signed.digest == signoff.digest_of(signed_text.lines(page, "en", sections)):
        found = review.last(page)
        if found and found.is_overdue:
            return Point(label, True, _("Its review is overdue: sign it again. The page says so."))
        return Point(label, True, f"{signed.signer_name}, {signed.credential}")
    return Point(label, False, " ".join([_why_unsigned(bool(signed)), _what_then(blocks)]), blocks)


def _why_unsigned(was_signed: bool) -> str:
    if was_signed:
        return _("The words changed since the last sign-off.")
    return _("Nobody has signed this page yet.")


def _what_then(blocks: bool) -> str:
    if blocks:
        return _("Save it as a draft, have a clinician sign it under Sign-offs, then publish it unchanged.")
    return _("In a demonstration it is shown, and says that no clinician has reviewed it.")


def _complete(page: Page, sections: Sequence[Section] | None) -> Point:
    why = _(
        "Complete what stands in “[Clinic to complete ...]” and take the tick from “template to complete”."
    )
    done = not unfinished(page, sections)
    return Point(_("Nothing is left to complete"), done, "" if done else why)


def _spanish(page: Page) -> Point:
    missing = signed_text.missing_spanish(page)
    label = _("Spanish is complete")
    if not missing:
        return Point(label, True, "")
    count = ngettext("%(n)d text is missing", "%(n)d texts are missing", len(missing)) % {"n": len(missing)}
    shown = get_text_list([*missing[:3], *(["..."] if len(missing) > 3 else [])], _("and"))
    why = _("%(count)s: %(places)s. Until then the page is in English alone.")
    return Point(label, False, why % {"count": count, "places": shown})


def _spanish_signed(page: Page) -> Point:
    label = _("A qualified translator has signed off the Spanish")
    if review.is_spanish_signed(page):
        return Point(label, True, "")
    if settings.DEMO:
        return Point(label, False, _("In a demonstration it is shown, and says that it awaits a translator."))
    return Point(label, False, _("Until then patients read this page in English alone."))
