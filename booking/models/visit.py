"""Visits: held or booked times of a clinician."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from booking.models.columns import KEEP
from booking.rules.free_times import Span


class VisitState(models.TextChoices):
    """What became of the time."""

    HELD = "held", _("Held")
    BOOKED = "booked", _("Booked")
    CANCELLED = "cancelled", _("Cancelled")
    SEEN = "seen", _("Seen")
    NO_SHOW = "no-show", _("No-show")


MAX_DURATION = timedelta(days=1)
TAKES_TIME = frozenset({VisitState.HELD, VisitState.BOOKED})
# A patient who was marked as seen on arrival is with the clinician until the visit ends.
KEEPS_BUSY = TAKES_TIME | {VisitState.SEEN}
SPAN = Func(F("starts_at"), F("ends_at"), Value("[)"), function="tstzrange")
# A range of one id stands in for "=": comparing plain ids would need the btree_gist extension.
CLINICIAN = Func(F("clinician_id"), F("clinician_id"), Value("[]"), function="int8range")


class VisitQuerySet(models.QuerySet["Visit"]):
    """Ways of looking at visits."""

    def on_offer(self) -> VisitQuerySet:
        """Return the times that are held for a patient to choose from."""
        return self.filter(state=VisitState.HELD)

    def still_held(self) -> VisitQuerySet:
        """Return the times on offer whose hold still runs, by the database's clock."""
        return self.on_offer().filter(held_until__gt=Now())

    def to_come(self) -> VisitQuerySet:
        """Return the visits that have not begun, by the database's clock."""
        return self.filter(starts_at__gt=Now())

    def taking_time(self) -> VisitQuerySet:
        """Return what is held or booked."""
        return self.filter(state__in=TAKES_TIME)

    def keeping_busy(self) -> VisitQuerySet:
        """Return what is held, booked, or with the clinician now."""
        return self.filter(state__in=KEEPS_BUSY)

    def between(self, start: datetime, end: datetime) -> VisitQuerySet:
        """Return the visits of which some part lies between two moments."""
        # Bounded below too, or an index on the start would be read from its beginning.
        return self.filter(starts_at__gt=start - MAX_DURATION, starts_at__lt=end, ends_at__gt=start)


class Visit(models.Model):
    """A clinician's time for a request. Two that take time never overlap: the database refuses it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_comment=KEEP)
    request = models.ForeignKey(
        "booking.ConsultationRequest", models.PROTECT, related_name="visits", db_comment=KEEP
    )
    clinician = models.ForeignKey(
        "treatments.Clinician", models.PROTECT, related_name="visits", db_comment=KEEP
    )
    # Without an index: nobody asks for the visits of a type but to keep it from being removed.
    kind = models.ForeignKey(
        "booking.VisitType", models.PROTECT, null=True, db_index=False, related_name="+", db_comment=KEEP
    )
    starts_at = models.DateTimeField(db_comment=KEEP)
    ends_at = models.DateTimeField(db_comment=KEEP)
    state = models.CharField(max_length=10, choices=VisitState, db_comment=KEEP)
    held_until = models.DateTimeField(null=True, db_comment=KEEP)
    # RFC 5545, 3.8.7.4: grows with each change that calendars of other people must follow.
    sequence = models.PositiveSmallIntegerField(default=0, db_default=0, db_comment=KEEP)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        ordering = ["starts_at"]
        indexes = [
            models.Index(fields=["held_until"], name="visit_held_until", condition=Q(state=VisitState.HELD)),
            models.Index(fields=["clinician", "starts_at"], name="visit_clinician_starts"),
            models.Index(
                fields=["starts_at"], name="visit_to_come", condition=Q(state__in=sorted(TAKES_TIME))
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    ends_at__gt=F("starts_at"),
                    starts_at__gte="2020-01-01T00:00Z",
                    ends_at__lt="2200-01-01T00:00Z",
                ),
                name="visit_dates_sane",
            ),
            models.CheckConstraint(
                condition=~Q(state=VisitState.HELD) | Q(held_until__isnull=False),
                name="visit_held_has_an_end",
            ),
            ExclusionConstraint(
                name="visit_no_overlap",
                expressions=[(CLINICIAN, "&&"), (SPAN, "&&")],
                condition=Q(state__in=sorted(TAKES_TIME)),
            ),
        ]

    def __str__(self) -> str:
        return f"visit {self.pk}"

    @property
    def span(self) -> Span:
        """From when to when it lasts."""
        return Span(self.starts_at, self.ends_at)
