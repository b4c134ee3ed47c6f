"""Tallies: what came of the requests of a day or a week, as numbers alone."""

from __future__ import annotations

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from booking.models.columns import KEEP

DAY_LONG: Final = 1
WEEK_LONG: Final = 7


class Tally(models.Model):
    """The requests received on the `days` from `first` on, about `topic` ("": all of them).

    A week that was counted has the row of all its requests, also when there were none.
    """

    id = models.BigAutoField(primary_key=True, db_comment=KEEP)
    first = models.DateField(db_comment=KEEP)
    days = models.PositiveSmallIntegerField(db_comment=KEEP)
    topic = models.CharField(max_length=20, blank=True, db_comment=KEEP)
    requests = models.PositiveIntegerField(default=0, db_comment=KEEP)
    web = models.PositiveIntegerField(default=0, db_comment=KEEP)
    # Of those whose promise has come due, or was kept before, how many were reached by then.
    due = models.PositiveIntegerField(default=0, db_comment=KEEP)
    kept = models.PositiveIntegerField(default=0, db_comment=KEEP)
    # How many stand where: "closed spam" or "scheduled ".
    outcomes = models.JSONField(default=dict, db_comment=KEEP)
    # How many waited how long for the first contact, in tenths of a clinic hour.
    waits = ArrayField(models.PositiveIntegerField(), default=list, db_comment=KEEP)
    waited = ArrayField(models.PositiveIntegerField(), default=list, db_comment=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "days", "topic"], name="tally_once"),
            models.CheckConstraint(condition=Q(days__in=[DAY_LONG, WEEK_LONG]), name="tally_day_or_week"),
        ]

    def __str__(self) -> str:
        return f"{self.first} {self.days} {self.topic}: {self.requests}"


class TallyMark(models.Model):
    """One row: up to when all tallies are right, and by which clock of the clinic they were counted."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, db_comment=KEEP)
    right_until = models.DateTimeField(null=True, db_comment=KEEP)
    clock = models.CharField(max_length=64, blank=True, db_comment=KEEP)

    def __str__(self) -> str:
        return f"tallies up to {self.right_until}"
