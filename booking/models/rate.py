"""How often something came from somewhere lately: keyed hashes, so that no address is kept."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, models
from django.utils import timezone

from booking.models.columns import KEEP
from booking.models.sealed import keyed_hash
from booking.rules.abuse import Limit


class RateCount(models.Model):
    """The count of one scope and one hashed origin in one window of time."""

    id = models.BigAutoField(primary_key=True, db_comment=KEEP)
    scope = models.CharField(max_length=10, db_comment=KEEP)
    origin_hash = models.BigIntegerField(db_comment=KEEP)
    window_ends_at = models.DateTimeField(db_index=True, db_comment=KEEP)
    count = models.PositiveIntegerField(db_comment=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "origin_hash", "window_ends_at"], name="rate_once_per_window"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope}: {self.count}"

    @classmethod
    def add(cls, limit: Limit, origin: str) -> int:
        """Count one more and return the count of this window; safe among parallel callers."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO booking_ratecount AS known (scope, origin_hash, window_ends_at, count)"
                " VALUES (%s, %s, %s, 1) ON CONFLICT (scope, origin_hash, window_ends_at)"
                " DO UPDATE SET count = known.count + 1 RETURNING count",
                [limit.scope, keyed_hash(limit.scope, origin), window_end(limit, timezone.now())],
            )
            return int(cursor.fetchone()[0])

    @classmethod
    def of(cls, limit: Limit, origin: str) -> int:
        """Return the count of this window."""
        rows = cls.objects.filter(
            scope=limit.scope,
            origin_hash=keyed_hash(limit.scope, origin),
            window_ends_at=window_end(limit, timezone.now()),
        )
        return rows.values_list("count", flat=True).first() or 0


def window_end(limit: Limit, now: datetime) -> datetime:
    """Return the end of the window that `now` lies in."""
    seconds = int(limit.window.total_seconds())
    return datetime.fromtimestamp((int(now.timestamp()) // seconds + 1) * seconds, tz=now.tzinfo)
