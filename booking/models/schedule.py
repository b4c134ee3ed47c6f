"""When clinicians work: weekly hours of their own, and when they are away."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.models.columns import KEEP, KEEP_STAFF
from booking.rules.free_times import Span
from treatments.models import OpeningHours

QUARTER: Final = 15  # minutes; the calendar is drawn in quarters of an hour
FURTHEST: Final = timedelta(days=2 * 366)


class Schedule(models.Model):
    """How one clinician can be booked. Without hours of their own they follow the clinic's."""

    clinician = models.OneToOneField(
        "treatments.Clinician", models.CASCADE, primary_key=True, related_name="schedule", db_comment=KEEP
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="schedule",
        verbose_name=_("staff account"),
        help_text=_("With the role “clinician” this account sees the visits of this clinician alone."),
        db_comment=KEEP_STAFF,
    )
    takes_visits = models.BooleanField(
        _("takes visits"),
        default=True,
        help_text=_("Off: no time of this clinician can be offered, chosen or booked any more."),
        db_comment=KEEP,
    )

    class Meta:
        verbose_name = _("clinician’s schedule")
        verbose_name_plural = _("clinicians’ schedules")
        ordering = ["clinician"]

    def __str__(self) -> str:
        return str(self.clinician)


class WorkingHours(models.Model):
    """One stretch of a weekday on which a clinician sees patients, in the clinic's own time."""

    id = models.BigAutoField(primary_key=True, db_comment=KEEP)
    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="hours", db_comment=KEEP)
    weekday = models.PositiveSmallIntegerField(
        _("day"), choices=OpeningHours.Weekday, db_comment=KEEP
    )  # fmt: skip
    starts = models.TimeField(_("from"), db_comment=KEEP)
    ends = models.TimeField(_("to"), db_comment=KEEP)

    class Meta:
        verbose_name = _("weekly hours")
        verbose_name_plural = _("weekly hours")
        ordering = ["weekday", "starts"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "weekday", "starts"], name="working_hours_once"),
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="working_hours_weekday_known"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="working_hours_end_after_start",
                violation_error_message=_("The end must come after the start."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts:%H:%M}-{self.ends:%H:%M}"

    def clean(self) -> None:
        """Raise ValidationError for times between two quarters of an hour."""
        for name in ("starts", "ends"):
            at = getattr(self, name)
            if at and (at.minute % QUARTER or at.second):
                raise ValidationError({name: _("Choose a full quarter of an hour, for example 8:15.")})


class Absence(models.Model):
    """When a clinician is away, whole days or some hours. Nothing can be booked then."""

    class Kind(models.TextChoices):
        AWAY = "away", _("Away")
        VACATION = "vacation", _("Vacation")
        TRAINING = "training", _("Training or conference")
        MEETING = "meeting", _("Meeting")

    id = models.BigAutoField(primary_key=True, db_comment=KEEP)
    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="absences", db_comment=KEEP)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.AWAY, db_comment=KEEP)
    starts_at = models.DateTimeField(_("from"), db_comment=KEEP)
    ends_at = models.DateTimeField(_("until"), db_comment=KEEP)

    class Meta:
        verbose_name = _("absence")
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["schedule", "ends_at"], name="absence_schedule_ends")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="absence_ends_after_start",
                violation_error_message=_("The end must come after the start."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_at:%Y-%m-%d}"

    @property
    def span(self) -> Span:
        """From when to when it lasts."""
        return Span(self.starts_at, self.ends_at)

    def clean(self) -> None:
        """Raise ValidationError for days so far off that they are a slip."""
        for name in ("starts_at", "ends_at"):
            at = getattr(self, name)
            if at and abs(at - timezone.now()) > FURTHEST:
                raise ValidationError({name: _("That is more than two years away. Check the year.")})
