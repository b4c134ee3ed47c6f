"""Refuses a start with other keys than the ones the stored documents were sealed with."""

from __future__ import annotations

from typing import Final

from django.db import models

from booking.models.columns import KEEP
from booking.models.sealed import SealBroken, keyed_hash, seal, unseal

PROBE: Final = b"key check"
PLACE: Final = "booking_keycheck:1:probe"


class KeyCheck(models.Model):
    """One row that only the right keys can open and repeat.

    A key added for rotation passes; one taken away while this row is still sealed with it does not.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, db_comment=KEEP)
    search_value = models.BigIntegerField(db_comment=KEEP)
    probe = models.BinaryField(db_comment=KEEP)

    def __str__(self) -> str:
        return "key check"

    @classmethod
    def agrees(cls) -> bool:
        """Return whether the keys are the ones first used here; remember them at first use."""
        search_value = keyed_hash("check", PROBE.decode())
        fresh = {"search_value": search_value, "probe": seal(PROBE, PLACE)}
        row, _made = cls.objects.get_or_create(pk=1, defaults=fresh)
        try:
            return unseal(row.probe, PLACE) == PROBE and row.search_value == search_value
        except SealBroken:
            return False
