"""write_note: what staff tell each other."""

from __future__ import annotations

from django.utils.translation import gettext as _

from booking.actions._actor import Actor
from booking.models import ConsultationRequest, Note
from booking.rules.errors import NotAllowed
from booking.rules.roles import SEE_ANSWERS


def write_note(request: ConsultationRequest, text: str, *, by: Actor) -> Note:
    """Keep a sealed note. Raises NotAllowed for a role that sees no answers."""
    if by.user is None or not by.roles & SEE_ANSWERS:
        raise NotAllowed(_("Only nurses, clinicians and managers write notes."))
    note = Note(request=request, author=by.user)
    note.seal_text(text)
    note.save(force_insert=True)
    return note
