"""The outbox: a row for every message, with an honest life."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.models.columns import KEEP
from booking.rules.notices import TO_STAFF, Notice
from booking.rules.questions import Language


class Delivery(models.TextChoices):
    """Where a message stands."""

    QUEUED = "queued", _("Queued")
    IN_FLIGHT = "in-flight", _("Sending")
    RETRY = "retry", _("Will try again")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    # Never goes out by e-mail: staff tell it by phone.
    CALL = "call", _("To tell by phone")
    # What it told was no longer true when its turn came.
    DROPPED = "dropped", _("Overtaken")


DUE = frozenset({Delivery.QUEUED, Delivery.RETRY, Delivery.IN_FLIGHT})
NOT_DELIVERED = frozenset({Delivery.FAILED, Delivery.CALL})


class MessageQuerySet(models.QuerySet["Message"]):
    """Ways of looking at the outbox."""

    def due(self) -> MessageQuerySet:
        """Return what should be tried now; a sender that died leaves its row due again after its lease.

        By the database's clock, as all due times: the clock of one machine must not hold mail back.
        """
        return self.filter(state__in=DUE, next_try_at__lte=Now())

    def to_tell(self) -> MessageQuerySet:
        """Return what the patient must be called about: no e-mail told it, and nobody has by phone."""
        return self.filter(state__in=NOT_DELIVERED, told_at=None).exclude(notice__in=TO_STAFF)

    def told(self) -> MessageQuerySet:
        """Return what has reached whom it is for, by e-mail or by phone."""
        return self.filter(Q(state=Delivery.SENT) | Q(told_at__isnull=False))


class Message(models.Model):
    """One message to one party. The address is looked up when it is sent, never stored here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_comment=KEEP)
    request = models.ForeignKey(
        "booking.ConsultationRequest", models.PROTECT, related_name="messages", db_comment=KEEP
    )
    event = models.ForeignKey("booking.Event", models.PROTECT, related_name="messages", db_comment=KEEP)
    notice = models.CharField(max_length=20, choices=Notice, db_comment=KEEP)
    language = models.CharField(max_length=2, choices=Language, db_comment=KEEP)
    state = models.CharField(max_length=10, choices=Delivery, default=Delivery.QUEUED, db_comment=KEEP)
    attempts = models.PositiveSmallIntegerField(default=0, db_comment=KEEP)
    # While a message is in flight this is the end of the sender's lease.
    next_try_at = models.DateTimeField(db_default=Now(), db_comment=KEEP)
    error = models.CharField(max_length=40, blank=True, db_comment=KEEP)
    created_at = models.DateTimeField(default=timezone.now, db_comment=KEEP)
    sent_at = models.DateTimeField(null=True, db_comment=KEEP)
    # When staff told the patient by phone what no e-mail could.
    told_at = models.DateTimeField(null=True, db_comment=KEEP)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["next_try_at"], name="message_due", condition=Q(state__in=sorted(DUE))),
            models.Index(fields=["created_at"], name="message_failed", condition=Q(state=Delivery.FAILED)),
            models.Index(
                fields=["request"],
                name="message_to_tell",
                condition=Q(state__in=sorted(NOT_DELIVERED), told_at=None),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "notice"], name="message_once_per_event"),
            models.CheckConstraint(
                condition=Q(state=Delivery.SENT, sent_at__isnull=False)
                | (~Q(state=Delivery.SENT) & Q(sent_at__isnull=True)),
                name="message_sent_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice} {self.state}"
