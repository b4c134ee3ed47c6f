"""Other requests that may be of the same person, found by keyed hashes alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from booking.actions import Actor, within_reach
from booking.models import ConsultationRequest
from booking.models.sealed import SealBroken, keyed_hash
from booking.rules.documents import Person
from booking.rules.likeness import Likeness, likeness
from booking.rules.statuses import OPEN

MOST: Final = 12


@dataclass(frozen=True)
class Other:
    """Another request: `same` birth date and contact, or only the contact; `merged` into this one."""

    request: ConsultationRequest
    same: bool
    merged: bool

    @property
    def duplicate(self) -> bool:
        """Whether both are open, so that two colleagues may work on one patient."""
        return self.same and self.request.status in OPEN


def twin(actor: Actor) -> Exists:
    """Return the condition that another request of the same person is open, and theirs to see."""
    theirs = ConsultationRequest.objects.open().filter(within_reach(actor))
    alike = theirs.filter(person_hash=OuterRef("person_hash"))
    return Exists(alike.exclude(pk=OuterRef("pk")))


def others_of(request: ConsultationRequest, actor: Actor) -> list[Other]:
    """Return the latest requests that share birth date and contact, or the contact alone.

    Only those that this person may open.
    """
    person = request.person
    return as_others(request, person, alike(request, person, actor))


def alike(request: ConsultationRequest, person: Person, actor: Actor) -> QuerySet[ConsultationRequest]:
    """Return the rows of `others_of`, to be read."""
    contacts = [keyed_hash("email", person.email.casefold())] if person.email else []
    contacts += [keyed_hash("phone", person.phone_number)] if person.phone else []
    theirs = Q(person_hash=request.person_hash) | Q(merged_into=request.pk) | Q(search__overlap=contacts)
    found = ConsultationRequest.objects.filter(theirs, within_reach(actor)).exclude(pk=request.pk)
    return found.order_by("-received_at")[:MOST]


def as_others(
    request: ConsultationRequest, person: Person, found: Iterable[ConsultationRequest]
) -> list[Other]:
    """Return what these rows are to the request."""
    return [Other(one, _same(one, person), one.merged_into_id == request.pk) for one in found]


def _same(other: ConsultationRequest, person: Person) -> bool:
    try:
        return likeness(other.person, person) != Likeness.OTHER
    except SealBroken:
        # What does not open is said on its own page.
        return False
