"""Private calendar feeds: addresses that a clinician's own calendar program reads."""

from __future__ import annotations

from collections.abc import Collection
from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.models.columns import ERASE_LINK, KEEP, KEEP_STAFF
from booking.rules.roles import OWN_ALONE, SEE_SCHEDULE, Role
from booking.rules.tokens import hash_token, looks_like_token, make_token


class FeedQuerySet(models.QuerySet["CalendarFeed"]):
    """Ways of looking at feeds."""

    def alive(self) -> FeedQuerySet:
        """Return those that open: not ended, and whoever knows the address may still see this calendar.

        The address is known to the person who made it and to the clinician. Asked at each reading, so that
        no way of changing an account or a schedule is forgotten.
        """
        owner = "clinician__schedule__user"
        of_own = Q(created_by=F(owner)) & _works("created_by", OWN_ALONE)
        maker = _works("created_by", SEE_SCHEDULE) | of_own
        clinician = Q(**{owner: None}) | _works(owner, SEE_SCHEDULE | OWN_ALONE)
        return self.filter(maker, clinician, revoked_at=None)


def _works(account: str, roles: Collection[Role]) -> Q:
    """Return the condition that an account is switched on and has one of these roles, or a superuser's."""
    groups = User.groups.through.objects.filter(user=OuterRef(account), group__name__in=roles)
    staff = Q(**{f"{account}__is_active": True, f"{account}__is_staff": True})
    return staff & (Q(**{f"{account}__is_superuser": True}) | Q(Exists(groups)))


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
    def of_token(cls, token: str) -> CalendarFeed | None:
        """Return the living feed that the token opens with its clinician, or None."""
        if not looks_like_token(token):
            return None
        alive = cls.objects.alive().filter(token_hash=hash_token(token))
        return alive.select_related("clinician").defer("clinician__portrait").first()
