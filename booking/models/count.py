"""Anonymous daily counts: how often something happened, nothing about to whom."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F

from booking.models.columns import KEEP


class DailyCount(models.Model):
    """How often `code` of `kind` came up on a day."""

    id = models.BigAutoField(primary_key=True, db_comment=KEEP)
    day = models.DateField(db_comment=KEEP)
    kind = models.CharField(max_length=20, db_comment=KEEP)
    code = models.CharField(max_length=20, db_comment=KEEP)
    count = models.PositiveIntegerField(default=0, db_comment=KEEP)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "kind", "code"], name="count_once_per_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.code}: {self.count}"

    @classmethod
    def add(cls, kind: str, code: str, day: date) -> None:
        """Count one more for a day of the clinic."""
        row, _made = cls.objects.get_or_create(day=day, kind=kind, code=code)
        cls.objects.filter(pk=row.pk).update(count=F("count") + 1)
