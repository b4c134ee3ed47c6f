"""The states of a consultation request."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Where a request stands."""

    NEW = "new", _("New")
    IN_REVIEW = "in-review", _("In review")
    WAITING_FOR_PATIENT = "waiting", _("Waiting for patient")
    TIMES_OFFERED = "offered", _("Times offered")
    SCHEDULED = "scheduled", _("Visit agreed")
    SEEN = "seen", _("Seen")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLOSED = "closed", _("Closed")


FINAL = frozenset({Status.SEEN, Status.DECLINED, Status.WITHDRAWN, Status.CLOSED})
OPEN = frozenset(Status) - FINAL
# A reply is owed to these until somebody answered; in the other open ones it is the patient's turn.
OWED = frozenset({Status.NEW, Status.IN_REVIEW})
