"""Refuses a start with other keys than the ones the stored documents were sealed with."""

from __future__ import annotations

from django.db import models

from booking.models.columns import KEEP
from booking.models.sealed import key_check_value


class KeyCheck(models.Model):
    """One row that only the right keys can repeat."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, db_comment=KEEP)
    value = models.CharField(max_length=64, db_comment=KEEP)

    def __str__(self) -> str:
        return "key check"

    @classmethod
    def agrees(cls) -> bool:
        """Return whether the keys are the ones first used here; remember them at first use."""
        row, _made = cls.objects.get_or_create(pk=1, defaults={"value": key_check_value()})
        return row.value == key_check_value()
