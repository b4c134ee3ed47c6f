"""change_contact: patients correct how to reach them."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from booking.actions._actor import Actor
from booking.actions._make import renew_flags
from booking.actions._transition import begin
from booking.actions.links import follow_address
from booking.models import ConsultationRequest, Link
from booking.rules.errors import NotPossible
from booking.rules.transitions import Verb


@transaction.atomic
def change_contact(
    consultation: ConsultationRequest,
    *,
    phone: str,
    email: str,
    by: Actor,
    keep: Link | None = None,
    seen_version: int | None = None,
) -> ConsultationRequest:
    """Replace phone (E.164) and e-mail ("" for none); staff find the person by the new ones at once.

    A new e-mail address gets a link of its own, and links sent to the old one open nothing any more, but
    for `keep`, the one in use. Raises NotPossible when neither phone nor e-mail would be left.
    """
    move = begin(consultation, Verb.CHANGE_CONTACT, by=by, seen_version=seen_version)
    if not phone and not email:
        raise NotPossible(_("Leave us a phone number or an email address."))
    old = move.request.person
    person = old.changed(phone=phone, email=email)
    changed = sorted(name for name in ("email", "phone") if getattr(person, name) != getattr(old, name))
    if not changed:
        return move.request
    move.request.seal_person(person)
    renew_flags(move.request, person)
    done = move.finish({"fields": changed})
    if "email" in changed:
        follow_address(move, keep=keep)
    return done
