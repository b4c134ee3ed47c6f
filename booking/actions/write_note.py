"""write_note: what staff tell each other."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions._access import check_access
from booking.actions._actor import Actor
from booking.models import ConsultationRequest, Note
from booking.rules.errors import NotAllowed
from booking.rules.roles import SEE_ANSWERS

# Two presses of one button are seconds apart; the same words on another day are another note.
AGAIN: Final = timedelta(minutes=1)


@transaction.atomic
def write_note(consultation: ConsultationRequest, text: str, *, by: Actor) -> Note:
    """Keep a sealed note; the same one pressed twice is kept once.

    Raises NotAllowed for a role that sees no answers, or a colleague's patient.
    """
    if by.user is None or not by.roles & SEE_ANSWERS:
        raise NotAllowed(_("Only nurses, clinicians and managers write notes."))
    check_access(consultation, by)
    # Held while it is written, so that a second press finds the first one's note.
    ConsultationRequest.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    last = Note.objects.filter(request=consultation).first()
    if last and last.author == by.user and last.at > timezone.now() - AGAIN and last.text == text:
        return last
    note = Note(request=consultation, author=by.user)
    note.seal_text(text)
    note.save(force_insert=True)
    return note
