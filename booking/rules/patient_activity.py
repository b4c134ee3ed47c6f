"""What happened on the patient's side that staff have not reacted to yet."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PatientActivity(TextChoices):
    """The latest of it; empty once staff acted."""

    REPLY = "reply", _("Wrote to us")
    NONE_SUIT = "none-suit", _("None of the times suits")
    LAPSED = "lapsed", _("The offered times ran out")
    MOVE = "move", _("Asks to move the visit")
    CANCELLED = "cancelled", _("Cancelled the visit")
