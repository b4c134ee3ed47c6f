"""Other requests that may be of the same person, found by keyed hashes alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from booking.actions import Actor, accessible_to
from booking.models import ConsultationRequest
from booking.models.sealed import SealBroken, keyed_hash
from booking.rules.documents import Person
from booking.rules.patient_matching import PatientMatch, is_namesake, name_words, patient_match
from booking.rules.statuses import OPEN
from booking.rules.transitions import TRANSITIONS, Verb

MAX_ROWS: Final = 12


class Match(Enum):
    """Why a request may be of the same person: birth date and contact, birth date and name, contact alone."""

    SAME = "same"
    NAMESAKE = "namesake"
    CONTACT = "contact"


@dataclass(frozen=True)
class Other:
    """Another request, and why it is told of; `merged` into this one."""

    request: ConsultationRequest
    match: Match
    merged: bool

    @property
    def same(self) -> bool:
        """Whether it can be merged: birth date and contact are the same."""
        return self.match == Match.SAME

    @property
    def duplicate(self) -> bool:
        """Whether it is open and the same, so that two colleagues may work on one patient."""
        return self.same and self.request.status in OPEN


def twin(actor: Actor) -> Exists:
    """Return the condition that another request of the same person is open, and theirs to see."""
    theirs = ConsultationRequest.objects.open().filter(accessible_to(actor))
    alike = theirs.filter(person_hash=OuterRef("person_hash"))
    return Exists(alike.exclude(pk=OuterRef("pk")))


def others_of(consultation: ConsultationRequest, actor: Actor) -> list[Other]:
    """Return the latest requests that share birth date and contact or name, or the contact alone.

    Only those that this person may open.
    """
    person = consultation.person
    return as_others(consultation, person, alike(consultation, person, actor))


def alike(consultation: ConsultationRequest, person: Person, actor: Actor) -> QuerySet[ConsultationRequest]:
    """Return the rows of `others_of`, to be read."""
    contacts = [keyed_hash("email", person.email.casefold())] if person.email else []
    contacts += [keyed_hash("phone", person.phone_number)] if person.phone else []
    names = [keyed_hash("name", word) for word in name_words(person.full_name)]
    theirs = (
        Q(person_hash=consultation.person_hash) | Q(merged_into=consultation.pk) | Q(search__overlap=contacts)
    )
    theirs |= Q(search__contains=[keyed_hash("born", person.birth_date), *names])
    found = ConsultationRequest.objects.filter(theirs, accessible_to(actor)).exclude(pk=consultation.pk)
    return found.order_by("-received_at")[:MAX_ROWS]


def as_others(
    consultation: ConsultationRequest, person: Person, found: Iterable[ConsultationRequest]
) -> list[Other]:
    """Return what these rows are to the request."""
    return [Other(one, _match(one, person), one.merged_into_id == consultation.pk) for one in found]


def point_out(consultation: ConsultationRequest, others: Iterable[Other], actor: Actor) -> SafeString:
    """Return a sentence that leads to the open requests of whom a new one is about; empty without any."""
    found = [one for one in others if one.match != Match.CONTACT and one.request.status in OPEN]
    if not found:
        return SafeString()
    links = format_html_join(", ", '<a href="{}">{}</a>', (_lead(consultation, one, actor) for one in found))
    return format_html("{} {}", _("This person has another open request:"), links)


def _lead(consultation: ConsultationRequest, other: Other, actor: Actor) -> tuple[str, str]:
    names = {"reference": other.request.shown_reference, "status": other.request.get_status_display()}
    if other.same and TRANSITIONS[Verb.MERGE].actors & actor.roles:
        address = reverse("admin:booking_consultationrequest_merge", args=[consultation.pk])
        return (
            f"{address}?into={other.request.pk}",
            _("%(reference)s (%(status)s), compare and merge") % names,
        )
    address = reverse("admin:booking_consultationrequest_change", args=[other.request.pk])
    return address, _("%(reference)s (%(status)s), open it") % names


def _match(other: ConsultationRequest, person: Person) -> Match:
    try:
        theirs = other.person
    except SealBroken:
        # What does not open is said on its own page.
        return Match.CONTACT
    if patient_match(theirs, person) != PatientMatch.OTHER:
        return Match.SAME
    return Match.NAMESAKE if is_namesake(theirs, person) else Match.CONTACT
