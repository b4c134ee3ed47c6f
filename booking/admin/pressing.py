"""What is most pressing, decided by the database, so that pages and groups agree."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db.models import Case, DateTimeField, F, IntegerChoices, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.admin.ageing import UNREAD
from booking.models import ConsultationRequest, Message, Visit
from booking.rules.offers import WARN_BEFORE
from booking.rules.priority import Priority
from booking.rules.statuses import FINAL, OPEN, Status


class Pressing(IntegerChoices):
    """The groups of the queue, most pressing first. A request stands in the first that fits."""

    OVERDUE = 0, _("Overdue")
    SAME_DAY = 1, _("Same day")
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
    Pressing.OVERDUE: _("oldest first"),
    Pressing.SAME_DAY: _("a safety rule or a colleague asks for today"),
    Pressing.TODAY: _("the promised reply runs out today"),
    Pressing.CALLS: _("no e-mail told them: call instead"),
    Pressing.NEWS: _("they wrote, want other times, or cancelled"),
    Pressing.LAPSING: _("a call may save the offer"),
    Pressing.TO_MARK: _("seen, or no-show?"),
    Pressing.NEW: _("nobody has read these yet"),
    Pressing.IN_REVIEW: _("being read"),
    Pressing.WAITING: _("nothing to do until they answer"),
    Pressing.AGREED: _("next visit first"),
    Pressing.FINISHED: _("latest first"),
}


def ticking() -> Q:
    """Return the condition that the promised reply is still owed."""
    return Q(answered_at=None) & (Q(status__in=UNREAD) | news())


def news() -> Q:
    """Return the condition that the patient did something that staff have not reacted to."""
    return ~Q(news="") & Q(status__in=OPEN)


def lapsing(now: datetime) -> Q:
    """Return the condition that the times on offer are given up soon."""
    soon = Visit.objects.on_offer().filter(held_until__lte=now + WARN_BEFORE)
    return Q(status=Status.TIMES_OFFERED, pk__in=soon.values("request"))


def overdue(now: datetime) -> Q:
    """Return the condition that the promise is broken."""
    return ticking() & Q(reply_by__lte=now)


def due_today(now: datetime) -> Q:
    """Return the condition that a reply is owed before midnight, or today for its priority."""
    today = Q(reply_by__lt=end_of_day(now)) | Q(priority=Priority.SAME_DAY)
    return ticking() & Q(reply_by__gt=now) & today


def visit_today(now: datetime) -> Q:
    """Return the condition that the agreed visit is today."""
    start = end_of_day(now) - timedelta(days=1)
    return Q(visit__starts_at__gte=start, visit__starts_at__lt=end_of_day(now))


def to_call() -> Q:
    """Return the condition that the patient must hear something that no e-mail told."""
    return Q(pk__in=Message.objects.to_tell().values("request"))


def end_of_day(now: datetime) -> datetime:
    """Return the next midnight of the active time zone."""
    tomorrow = timezone.localtime(now).date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))


def ranked(requests: QuerySet[ConsultationRequest], now: datetime) -> QuerySet[ConsultationRequest]:
    """Annotate each request with its group (`rank`) and put the most pressing first."""
    rank = Case(
        When(status__in=FINAL, then=Pressing.FINISHED),
        When(overdue(now), then=Pressing.OVERDUE),
        When(ticking() & Q(priority=Priority.SAME_DAY), then=Pressing.SAME_DAY),
        When(due_today(now), then=Pressing.TODAY),
        When(to_call(), then=Pressing.CALLS),
        When(news(), then=Pressing.NEWS),
        When(lapsing(now), then=Pressing.LAPSING),
        When(status=Status.SCHEDULED, visit__starts_at__lte=now, then=Pressing.TO_MARK),
        When(status=Status.NEW, then=Pressing.NEW),
        When(status=Status.IN_REVIEW, then=Pressing.IN_REVIEW),
        When(status=Status.SCHEDULED, then=Pressing.AGREED),
        default=Pressing.WAITING,
        output_field=IntegerField(),
    )
    moment = Case(
        When(status__in=FINAL, then=Value(None)),
        When(status=Status.SCHEDULED, then=F("visit__starts_at")),
        default=F("reply_by"),
        output_field=DateTimeField(),
    )
    finished = Case(When(status__in=FINAL, then=F("status_changed_at")), output_field=DateTimeField())
    return requests.annotate(rank=rank, moment=moment, finished=finished).order_by(
        "rank", "moment", F("finished").desc(), "received_at", "pk"
    )
