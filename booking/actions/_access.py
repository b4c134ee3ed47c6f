"""Which requests a member of staff may open, and act on; whose calendar they may look at."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from booking.actions._actor import Actor
from booking.models import ConsultationRequest, Schedule, Visit
from booking.rules.errors import NotAllowed
from booking.rules.roles import OWN_ALONE, SEE_REQUESTS, SEE_SCHEDULE, Role
from booking.rules.statuses import OPEN
from treatments.models import Clinician


def accessible_to(by: Actor) -> Q:
    """Return the condition of the requests that somebody who sees requests may open.

    A clinician without another role opens their own patients' alone; and open ones that are nobody's yet, so
    that they can be taken up (45 CFR 164.502(b), minimum necessary).
    """
    own = their_own(by)
    if not own:
        return own
    given = Visit.objects.filter(request=OuterRef("pk"))
    return own | Q(~Exists(given.taking_time()), assignee=None, status__in=OPEN)


def their_own(by: Actor) -> Q:
    """Return the condition of a clinician's own patients: assigned, or with a visit or an offer of theirs.

    Empty, for all requests, for whoever sees requests in another role too.
    """
    if by.roles & SEE_REQUESTS != OWN_ALONE or by.user is None:
        return Q()
    given = Visit.objects.filter(request=OuterRef("pk"))
    return Q(assignee=by.user) | Q(Exists(given.filter(clinician__schedule__user=by.user)))


def may_open(consultation: ConsultationRequest, by: Actor) -> bool:
    """Return whether somebody may open this request; a query for clinicians alone."""
    seeing = by.roles & SEE_REQUESTS
    if seeing != OWN_ALONE or by.user is None:
        return bool(seeing)
    return ConsultationRequest.objects.filter(accessible_to(by), pk=consultation.pk).exists()


def sees_calendar(clinician: Clinician, by: Actor) -> bool:
    """Return whether somebody may look at this clinician's visits: of their own, or by role of all."""
    if by.roles & SEE_SCHEDULE:
        return True
    if by.user is None or Role.CLINICIAN not in by.roles:
        return False
    return Schedule.objects.filter(clinician=clinician, user=by.user).exists()


def may_open_all(requests: Sequence[UUID], by: Actor) -> bool:
    """Return whether somebody may open each of these requests; a query for clinicians alone."""
    seeing = by.roles & SEE_REQUESTS
    if seeing != OWN_ALONE or by.user is None:
        return bool(seeing)
    found = ConsultationRequest.objects.filter(accessible_to(by), pk__in=requests)
    return found.count() == len(set(requests))


def check_access(consultation: ConsultationRequest, by: Actor) -> None:
    """Raise NotAllowed for staff who may not open this request; patients and jobs hold it already."""
    if by.user and not may_open(consultation, by):
        raise NotAllowed(
            _("This is a colleague’s patient. Ask reception or a nurse to assign the request to you.")
        )
