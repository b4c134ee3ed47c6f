"""The kinds of visit that staff book, and how long each takes."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booking.models.columns import KEEP
from booking.models.schedule import QUARTER

TWICE = _("There is a visit type of this name already.")
MIN_MINUTES, MAX_MINUTES = QUARTER, 4 * 60


class VisitType(models.Model):
    """A kind of visit. One that names a clinician takes the place of the common one of the same name."""

    id = models.BigAutoField(primary_key=True, db_comment=KEEP)
    name = models.CharField(_("name"), max_length=60, db_comment=KEEP)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), help_text=_("15, 30, 45 ... up to 240."), db_comment=KEEP
    )
    clinician = models.ForeignKey(
        "treatments.Clinician",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="visit_types",
        verbose_name=_("only for"),
        help_text=_("Blank: every clinician gives it."),
        db_comment=KEEP,
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0, db_comment=KEEP)
    active = models.BooleanField(_("can be booked"), default=True, db_comment=KEEP)

    class Meta:
        verbose_name = _("visit type")
        ordering = ["position", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "clinician"], name="visit_type_once", violation_error_message=TWICE
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(clinician=None),
                name="visit_type_common_once",
                violation_error_message=TWICE,
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(MIN_MINUTES, MAX_MINUTES)), name="visit_type_minutes_in_range"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raise ValidationError for a length that does not fit the calendar."""
        if self.minutes is None:
            return
        if self.minutes % QUARTER or not MIN_MINUTES <= self.minutes <= MAX_MINUTES:
            raise ValidationError({"minutes": _("Choose 15, 30, 45 ... up to 240 minutes.")})

    @property
    def length(self) -> timedelta:
        """How long a visit of this type takes."""
        return timedelta(minutes=self.minutes)
