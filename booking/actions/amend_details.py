"""amend_details: staff correct what the patient told them."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from booking.actions._actor import Actor
from booking.actions._make import judge_anew, renew_flags
from booking.actions._transition import begin
from booking.actions.links import follow_address
from booking.hours.clinic import today
from booking.models import ConsultationRequest
from booking.rules.documents import Person
from booking.rules.errors import NotAllowed, NotPossible
from booking.rules.roles import Role
from booking.rules.transitions import Verb

# Reception corrects how to reach a person and what a visit needs. Who the patient is, and who may ask for
# them, needs a nurse: a wrong name or guardian puts answers and letters into the wrong hands.
IDENTITY: Final = frozenset({"full_name", "birth_date", "who_for", "asker_name", "relation", "may_speak"})


@transaction.atomic
def amend_details(
    consultation: ConsultationRequest, person: Person, *, by: Actor, seen_version: int | None = None
) -> ConsultationRequest:
    """Replace the document about the person; the event names the changed fields, never their values.

    Rules go by age: with another birth date the priority is suggested anew.
    After a change of e-mail address the old links open nothing, and the new address gets one.

    Raises NotAllowed when reception changes who the patient is or who asks for them, NotPossible when a
    patient under 18 would be left without a parent or guardian.
    """
    move = begin(consultation, Verb.AMEND_DETAILS, by=by, seen_version=seen_version)
    old = move.request.person
    changed = sorted(name for name in vars(person) if getattr(person, name) != getattr(old, name))
    if IDENTITY & set(changed) and Role.NURSE not in by.roles:
        raise NotAllowed(_("Only a nurse changes who the patient is, or who asks for them."))
    if not changed:
        return move.request
    if person.lacks_guardian_on(today()):
        raise NotPossible(_("A patient under 18 needs a parent or guardian who asks."))
    move.request.seal_person(person)
    move.request.language = person.language
    renew_flags(move.request, person)
    if "birth_date" in changed:
        judge_anew(move.request, person)
    amended = move.finish({"fields": changed})
    if "email" in changed:
        follow_address(move)
    return amended
