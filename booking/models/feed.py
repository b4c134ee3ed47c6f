"""Private calendar feeds: addresses that a clinician's own calendar program reads."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.models.columns import ERASE_LINK, KEEP, KEEP_STAFF
from booking.rules.tokens import hash_token, looks_like_token, make_token
from treatments.models import Clinician


class FeedQuerySet(models.QuerySet["CalendarFeed"]):
    """Ways of looking at feeds."""

    def alive(self) -> FeedQuerySet:
        """Return those that open: not ended, and whoever knows the address still works here.

        The address is known to the person who made it and to the clinician: when the account of either is
        switched off, nobody who left can go on reading.
        """
        known = self.filter(revoked_at=None, created_by__is_active=True)
        return known.exclude(clinician__schedule__user__is_active=False)


class CalendarFeed(models.Model):
    """One address. Its token is shown once, to the person who made it, and kept here only as a hash."""

    id = models.BigAutoField(primary_key=True, db_comment=KEEP)
    clinician = models.ForeignKey(
        "treatments.Clinician", models.CASCADE, related_name="feeds", db_comment=KEEP
    )  # fmt: skip
    token_hash = models.BinaryField(unique=True, max_length=32, db_comment=ERASE_LINK)
    created_at = models.DateTimeField(default=timezone.now, db_comment=KEEP)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_comment=KEEP_STAFF
    )
    revoked_at = models.DateTimeField(null=True, db_comment=KEEP)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_comment=KEEP_STAFF
    )

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar feed")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinician"], condition=Q(revoked_at=None), name="feed_one_alive_per_clinician"
            ),
        ]

    def __str__(self) -> str:
        return f"feed {self.pk}"

    @classmethod
    def begin(cls, **fields: object) -> tuple[Self, str]:
        """Return an unsaved feed and its token."""
        token = make_token()
        return cls(token_hash=hash_token(token), **fields), token

    @classmethod
    def clinician_of(cls, token: str) -> Clinician | None:
        """Return whose living feed the token opens, or None."""
        if not looks_like_token(token):
            return None
        alive = cls.objects.alive().filter(token_hash=hash_token(token))
        found = alive.select_related("clinician").defer("clinician__portrait").first()
        return found.clinician if found else None
