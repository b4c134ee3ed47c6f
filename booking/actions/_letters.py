"""Keeping what the patient and the clinic write to each other, beside the event of the verb that sent it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from booking.actions._transition import Move
from booking.models import Letter
from booking.models.letter import Direction
from booking.models.sealed_text import MAX_LENGTH
from booking.rules.errors import NotPossible


def check_text(text: str, *, needed: bool = True) -> str:
    """Return the text without the space around it. Raises NotPossible for an endless one, or one missing."""
    text = text.strip()
    if needed and not text:
        raise NotPossible(_("Write something first."))
    if len(text) > MAX_LENGTH:
        raise NotPossible(_("That is too long. Use at most %(count)d characters.") % {"count": MAX_LENGTH})
    return text


def keep_letter(move: Move, text: str) -> None:
    """Seal what was written with a verb that is finished; an empty text leaves nothing."""
    if not text:
        return
    direction = Direction.TO_PATIENT if move.by.user else Direction.TO_CLINIC
    letter = Letter(
        request=move.request, event=move.event, direction=direction, author=move.by.user, at=move.event.at
    )
    letter.seal_text(text)
    letter.save(force_insert=True)
