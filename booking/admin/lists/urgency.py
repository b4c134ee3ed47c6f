"""What is most pressing, decided by the database, so that pages and groups agree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Final

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerChoices,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    When,
)
from django.db.models.expressions import OrderBy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.admin.lists.ageing import UNREAD
from booking.models import ConsultationRequest, Message, Visit
from booking.models.visit import VisitState
from booking.rules.offers import WARN_BEFORE
from booking.rules.priority import Priority
from booking.rules.statuses import FINAL, OPEN, Status


class QueueGroup(IntegerChoices):
    """The groups of the queue, most pressing first. A request stands in the first that fits."""

    SAME_DAY = 0, _("Same day")
    OVERDUE = 1, _("Overdue")
    TODAY = 2, _("Due today")
    CALLS = 3, _("Calls to make")
    NEWS = 4, _("News from patients")
    LAPSING = 5, _("Offers running out")
    TO_MARK = 6, _("Visits that have begun")
    NEW = 7, _("New, in time")
    IN_REVIEW = 8, _("In review")
    WAITING = 9, _("Waiting for the patient")
    AGREED = 10, _("Visits agreed")
    FINISHED = 11, _("Finished")


HINTS = {
    QueueGroup.SAME_DAY: _("a safety rule or a colleague asks for today: a reply or a call is owed"),
    QueueGroup.OVERDUE: _("oldest first"),
    QueueGroup.TODAY: _("the promised reply runs out today"),
    QueueGroup.CALLS: _("no email told them, or a call is planned"),
    QueueGroup.NEWS: _("they wrote, want other times, or cancelled"),
    QueueGroup.LAPSING: _("a call may save the offer"),
    QueueGroup.TO_MARK: _("seen, or no-show?"),
    QueueGroup.NEW: _("nobody has read these yet"),
    QueueGroup.IN_REVIEW: _("being read"),
    QueueGroup.WAITING: _("nothing to do until they answer"),
    QueueGroup.AGREED: _("next visit first"),
    QueueGroup.FINISHED: _("latest first"),
}


def ticking() -> Q:
    """Return the condition that the promised reply is still owed."""
    return Q(answered_at=None) & (Q(status__in=UNREAD) | news())


def news() -> Q:
    """Return the condition that the patient did something that staff have not reacted to."""
    return ~Q(news="") & Q(status__in=OPEN)


def lapsing(now: datetime) -> Q:
    """Return the condition that the times on offer are given up soon."""
    soon = Visit.objects.on_offer().filter(request=OuterRef("pk"), held_until__lte=now + WARN_BEFORE)
    return Q(Exists(soon), status=Status.TIMES_OFFERED)


def held_until() -> Subquery:
    """Return when the first of the times on offer is given up, as a column."""
    held = Visit.objects.on_offer().filter(request=OuterRef("pk"))
    return Subquery(held.order_by("held_until").values("held_until")[:1])


def same_day(now: datetime) -> Q:
    """Return the condition that somebody must act today: a reply is owed, or a call.

    The priority is a colleague's choice where one chose, else what the rules suggest.
    """
    return Q(priority=Priority.SAME_DAY) & (ticking() | owes_call(now))


def overdue(now: datetime) -> Q:
    """Return the condition that the promise is broken."""
    return ticking() & Q(reply_by__lte=now)


def due_today(now: datetime) -> Q:
    """Return the condition that a reply is owed before midnight."""
    return ticking() & Q(reply_by__gt=now, reply_by__lt=end_of_day(now))


def visit_today(now: datetime) -> Q:
    """Return the condition that the agreed visit is today."""
    start = end_of_day(now) - timedelta(days=1)
    return _agreed(starts_at__gte=start, starts_at__lt=end_of_day(now))


def to_call(now: datetime) -> Q:
    """Return the condition that the patient must hear what no e-mail told, or waits for a planned call.

    A union, for the database has an index for each half and none for "one or the other".
    """
    untold = Message.objects.to_tell().order_by().values("request")
    planned = ConsultationRequest.objects.open().filter(call_back_at__lte=now).order_by().values("pk")
    return Q(pk__in=untold.union(planned))


def owes_call(now: datetime) -> Q:
    """Return the same condition of open requests, for looking at each one instead of finding them."""
    untold = Message.objects.to_tell().filter(request=OuterRef("pk"))
    return Q(status__in=OPEN) & (Q(Exists(untold)) | Q(call_back_at__lte=now))


def _agreed(**when: datetime) -> Q:
    visit = Visit.objects.filter(pk=OuterRef("visit"), state=VisitState.BOOKED, **when)
    return Q(Exists(visit), status=Status.SCHEDULED)


def end_of_day(now: datetime) -> datetime:
    """Return the next midnight of the active time zone."""
    tomorrow = timezone.localtime(now).date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))


CONDITIONS: Final[dict[QueueGroup, Callable[[datetime], Q]]] = {
    QueueGroup.SAME_DAY: same_day,
    QueueGroup.OVERDUE: overdue,
    QueueGroup.TODAY: due_today,
    QueueGroup.CALLS: owes_call,
    QueueGroup.NEWS: lambda now: news(),
    QueueGroup.LAPSING: lapsing,
    QueueGroup.TO_MARK: lambda now: _agreed(starts_at__lte=now),
    QueueGroup.NEW: lambda now: Q(status=Status.NEW),
    QueueGroup.IN_REVIEW: lambda now: Q(status=Status.IN_REVIEW),
    QueueGroup.WAITING: lambda now: Q(status__in=[Status.WAITING_FOR_PATIENT, Status.TIMES_OFFERED]),
    QueueGroup.AGREED: lambda now: Q(status=Status.SCHEDULED),
    QueueGroup.FINISHED: lambda now: Q(status__in=FINAL),
}
BY_VISIT: Final = frozenset({QueueGroup.TO_MARK, QueueGroup.AGREED})


def rank(now: datetime) -> Case:
    """Return the group of a request: the first whose condition it meets."""
    cases = [When(condition(now), then=pressing) for pressing, condition in CONDITIONS.items()]
    return Case(*cases, output_field=IntegerField())


def order(pressing: QueueGroup) -> tuple[str | OrderBy, ...]:
    """Return how the requests of a group stand among each other; an index serves each of the ways."""
    if pressing == QueueGroup.FINISHED:
        return (F("status_changed_at").desc(), "pk")
    return ("visit__starts_at", "pk") if pressing in BY_VISIT else ("reply_by", "received_at", "pk")
