"""What the clinic must still complete before the site may serve patients."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from treatments.clinic import clinic
from treatments.clinic.facts import ClinicFacts
from treatments.editorial import publishing, review, signed_facts, signed_text, signoff
from treatments.models import Clinic, Clinician, Page
from treatments.models.pages import Status
from treatments.models.signoffs import SIGN_FACTS
from treatments.text.statements import STATEMENTS


def clinic_gaps() -> list[str]:
    """Return one sentence for each thing that is still missing; an empty list when nothing is.

    Signatures that keep a part of the site shut are not among them: treatments.editorial.gates lists those.

    Raises django.db.Error when the database does not answer.
    """
    facts = clinic.read()
    if not facts:
        return [_("The content is not loaded yet: run manage.py load_content.")]
    return [*_contact(facts), *_statements(), *_people(), *_pages(), *_drafts(), *_reviews(), *_signature()]


def _signature() -> Iterator[str]:
    # A demonstration is open; what a clinic will have to sign first is worth a line all the same.
    if settings.DEMO and not signoff.is_signed(signed_facts.FACTS_SUBJECT, signed_facts.facts_digest()):
        yield _("Nobody has signed off the clinic's phone number, hours and emergency line.")


def _contact(facts: ClinicFacts) -> Iterator[str]:
    if facts.phone_is_placeholder:
        yield _("The phone number %(phone)s is a placeholder.") % {"phone": facts.phone_display}
    if not facts.address_is_set:
        yield _("The address is not set.")
    if not facts.opening_hours:
        yield _("The opening hours are not set.")
    elif not facts.hours_confirmed:
        yield _("The opening hours are not confirmed.")


def _statements() -> Iterator[str]:
    row = Clinic.objects.get()
    fields = [field for field in row._meta.fields if field.name in STATEMENTS]
    blank = [str(field.verbose_name) for field in fields if not getattr(row, field.name)]
    if blank:
        yield _("Not written yet, and so hidden on the pages: %(notes)s.") % {
            "notes": get_text_list(blank, _("and"))
        }


def _people() -> Iterator[str]:
    if not Clinician.objects.filter(published=True).exists():
        yield _("No clinician is shown on the site.")


def _pages() -> Iterator[str]:
    for page in Page.objects.published().prefetch_related(*signed_text.NEEDS):
        if publishing.unfinished(page):
            yield _("The page “%(title)s” is a template to complete.") % {"title": page.title}


def _drafts() -> Iterator[str]:
    for page in Page.objects.filter(status=Status.DRAFT).prefetch_related(*signed_text.NEEDS):
        # One that only waits for its signature is in that list.
        if settings.DEMO or not page.is_health or _is_signed(page):
            yield _("The page “%(title)s” is a draft: patients cannot read it.") % {"title": page.title}


def _is_signed(page: Page) -> bool:
    return signoff.is_signed(review.subject_key(page, "en"), review.digest(page, "en"))


def _reviews() -> Iterator[str]:
    for page in Page.objects.published().prefetch_related(*signed_text.NEEDS):
        if page.is_health and not review.of(page, "en"):
            yield _("No clinician has reviewed the page “%(title)s” as it reads now.") % {"title": page.title}


def subjects() -> Iterator[signoff.Subject]:
    """List what is signed besides the pages: the clinic's own facts."""
    label = _("Phone, address, hours and emergency line of the clinic")
    yield signoff.Subject(signed_facts.FACTS_SUBJECT, label, signed_facts.facts_lines, SIGN_FACTS)
