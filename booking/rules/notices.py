"""The messages that a verb sends. None names a condition, a treatment or the kind of clinic."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Notice(TextChoices):
    """What a message tells."""

    RECEIVED = "received", _("We have your request")
    QUESTION = "question", _("A question from us")
    LETTER = "letter", _("A message from us")
    TIMES_OFFERED = "times-offered", _("Times to choose from")
    OFFER_LAPSING = "offer-lapsing", _("The times run out soon")
    VISIT_AGREED = "visit-agreed", _("Visit agreed")
    VISIT_MOVED = "visit-moved", _("Visit moved")
    VISIT_CANCELLED = "visit-cancelled", _("Visit cancelled")
    REMINDER_DAYS = "reminder-days", _("Your visit is in two days")
    REMINDER_HOURS = "reminder-hours", _("Your visit is today")
    OVERDUE = "overdue", _("We are late")
    NEW_LINK = "new-link", _("Your new link")
    DECLINED = "declined", _("News about your request")
    CLOSED = "closed", _("Your request is closed")
    WITHDRAWN = "withdrawn", _("You took your request back")
    STAFF_NEW = "staff-new", _("New request (to staff)")
    STAFF_SAME_DAY = "staff-same-day", _("New request, same day (to staff)")
    STAFF_PATIENT = "staff-patient", _("The patient acted (to staff)")


TO_STAFF = frozenset({Notice.STAFF_NEW, Notice.STAFF_SAME_DAY, Notice.STAFF_PATIENT})
TELLS_A_TIME = frozenset(
    {Notice.VISIT_AGREED, Notice.VISIT_MOVED, Notice.REMINDER_DAYS, Notice.REMINDER_HOURS}
)
OFFERS = frozenset({Notice.TIMES_OFFERED, Notice.OFFER_LAPSING})
# Without e-mail these are not told by phone: the patient knows, or it makes sense in writing alone.
IN_WRITING_ALONE = frozenset({Notice.RECEIVED, Notice.WITHDRAWN, Notice.REMINDER_HOURS, Notice.NEW_LINK})
# Messages without the link to the patient's page: there is nothing left to do there.
WITHOUT_LINK = frozenset({Notice.DECLINED, Notice.CLOSED, Notice.WITHDRAWN})
