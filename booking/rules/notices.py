"""The messages that a verb sends. None names a condition, a treatment or the kind of clinic."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Notice(TextChoices):
    """What a message tells."""

    RECEIVED = "received", _("We have your request")
    QUESTION = "question", _("A question from us")
    TIMES_OFFERED = "times-offered", _("Times to choose from")
    VISIT_AGREED = "visit-agreed", _("Visit agreed")
    VISIT_MOVED = "visit-moved", _("Visit moved")
    VISIT_CANCELLED = "visit-cancelled", _("Visit cancelled")
    DECLINED = "declined", _("News about your request")
    CLOSED = "closed", _("Your request is closed")
    WITHDRAWN = "withdrawn", _("You took your request back")
    STAFF_NEW = "staff-new", _("New request (to staff)")
    STAFF_SAME_DAY = "staff-same-day", _("New request, same day (to staff)")


TO_STAFF = frozenset({Notice.STAFF_NEW, Notice.STAFF_SAME_DAY})
