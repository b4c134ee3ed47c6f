"""What is most pressing, decided by the database, so that pages and groups agree."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db.models import Case, DateTimeField, F, IntegerChoices, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.admin.ageing import UNREAD
from booking.models import ConsultationRequest, Event, Message
from booking.models.message import Delivery
from booking.rules.notices import TO_STAFF
from booking.rules.priority import Priority
from booking.rules.reasons import ContactOutcome
from booking.rules.statuses import FINAL, Status
from booking.rules.transitions import Verb


class Pressing(IntegerChoices):
    """The groups of the queue, most pressing first. A request stands in the first that fits."""

    OVERDUE = 0, _("Overdue")
    SAME_DAY = 1, _("Same day")
    TODAY = 2, _("Due today")
    FAILED = 3, _("Failed messages")
    TO_MARK = 4, _("Visits that have begun")
    NEW = 5, _("New, in time")
    IN_REVIEW = 6, _("In review")
    WAITING = 7, _("Waiting for the patient")
    AGREED = 8, _("Visits agreed")
    FINISHED = 9, _("Finished")


HINTS = {
    Pressing.OVERDUE: _("oldest first"),
    Pressing.SAME_DAY: _("a safety rule or a colleague asks for today"),
    Pressing.TODAY: _("the promised reply runs out today"),
    Pressing.FAILED: _("the e-mail did not arrive: call instead"),
    Pressing.TO_MARK: _("seen, or no-show?"),
    Pressing.NEW: _("nobody has read these yet"),
    Pressing.IN_REVIEW: _("being read"),
    Pressing.WAITING: _("nothing to do until they answer"),
    Pressing.AGREED: _("next visit first"),
    Pressing.FINISHED: _("latest first"),
}


def ticking() -> Q:
    """Return the condition that the promised reply is still owed."""
    return Q(status__in=UNREAD, first_contact_at=None)


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


def message_failed() -> Q:
    """Return the condition that a message never arrived and nobody has reached the patient since."""
    reached = Event.objects.filter(
        request=OuterRef("request"), verb=Verb.LOG_CONTACT, codes__outcome=ContactOutcome.REACHED,
        at__gt=OuterRef("created_at"),
    )  # fmt: skip
    failed = Message.objects.filter(~Exists(reached), state=Delivery.FAILED).exclude(notice__in=TO_STAFF)
    return Q(pk__in=failed.values("request")) & ~Q(status__in=FINAL)


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
        When(message_failed(), then=Pressing.FAILED),
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
