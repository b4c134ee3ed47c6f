"""Who wants an earlier time, and which times came free."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.models.columns import KEEP, KEEP_STAFF
from booking.rules.free_times import Span
from booking.rules.notice_period import NoticePeriod
from booking.rules.statuses import OPEN


class EarlierWishQuerySet(models.QuerySet["EarlierWish"]):
    """Ways of looking at the wishes."""

    def waiting(self) -> EarlierWishQuerySet:
        """Return those that a time can still fulfil: of open requests, and of no visit that has begun."""
        to_come = Q(request__visit=None) | Q(request__visit__starts_at__gt=timezone.now())
        return self.filter(to_come, request__status__in=OPEN)


class EarlierWish(models.Model):
    """The patient of this request would come earlier, should a time come free.

    Where patients asked on their own page, nobody of staff noted it, and they said too how long `ahead` they
    must hear of a time.
    """

    request = models.OneToOneField(
        "booking.ConsultationRequest",
        models.PROTECT,
        primary_key=True,
        related_name="earlier_wish",
        db_comment=KEEP,
    )
    asked_at = models.DateTimeField(default=timezone.now, db_comment=KEEP)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_comment=KEEP_STAFF
    )
    ahead = models.CharField(
        max_length=10, choices=NoticePeriod.choices, blank=True, default="", db_default="", db_comment=KEEP
    )

    objects = EarlierWishQuerySet.as_manager()

    class Meta:
        verbose_name = _("wish for an earlier time")
        ordering = ["asked_at"]

    def __str__(self) -> str:
        return f"wish {self.pk}"


class FreedTime(models.Model):
    """A time that was held or booked and is not any more, or that was not worked before.

    Whether it is still free, the calendar says.
    """

    id = models.BigAutoField(primary_key=True, db_comment=KEEP)
    clinician = models.ForeignKey(
        "treatments.Clinician", models.CASCADE, related_name="+", db_comment=KEEP
    )  # fmt: skip
    starts_at = models.DateTimeField(db_comment=KEEP)
    ends_at = models.DateTimeField(db_comment=KEEP)
    freed_at = models.DateTimeField(default=timezone.now, db_comment=KEEP)

    class Meta:
        verbose_name = _("freed time")
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["starts_at"], name="freed_time_starts_at")]
        constraints = [
            models.UniqueConstraint(fields=["clinician", "starts_at", "ends_at"], name="freed_time_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="freed_time_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"freed {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def span(self) -> Span:
        """From when to when it lasts."""
        return Span(self.starts_at, self.ends_at)
