"""Private links to a request: what the patient's page is opened with."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.models.columns import ERASE_LINK, KEEP, no_longer_than
from booking.models.sealed import seal, unseal
from booking.rules.tokens import TRIES_EVER, hash_token, looks_like_token, make_token

TABLE = "booking_link"
SEALED_TOKEN_BYTES = 256


class LinkQuerySet(models.QuerySet["Link"]):
    """Ways of looking at links."""

    def alive(self) -> LinkQuerySet:
        """Return the links that still open something by the database's clock, resting ones included."""
        return self.filter(revoked_at=None, expires_at__gt=Now())

    def by_token(self, token: str) -> LinkQuerySet:
        """Return the living link of a token, if any."""
        if not looks_like_token(token):
            return self.none()
        return self.alive().filter(token_hash=hash_token(token))

    def with_time(self) -> LinkQuerySet:
        """Return the links with `read_at`, so that the clocks of two web machines are never compared."""
        return self.annotate(read_at=Now())  # type: ignore[no-redef]  # declared for whoever reads it


class Link(models.Model):
    """One link. Its token is in one message alone, and here only as a hash.

    While that message waits to be sent the token is kept, sealed, so that each try sends the same link;
    sending it wipes the copy.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_comment=KEEP)
    request = models.ForeignKey(
        "booking.ConsultationRequest", models.PROTECT, related_name="links", db_comment=KEEP
    )
    message = models.OneToOneField(
        "booking.Message", models.PROTECT, null=True, related_name="link", db_comment=KEEP
    )
    token_hash = models.BinaryField(unique=True, max_length=32, db_comment=ERASE_LINK)
    sealed_token = models.BinaryField(default=b"", db_comment=ERASE_LINK)
    created_at = models.DateTimeField(default=timezone.now, db_comment=KEEP)
    expires_at = models.DateTimeField(db_comment=KEEP)
    revoked_at = models.DateTimeField(null=True, db_comment=KEEP)
    wrong_tries = models.PositiveSmallIntegerField(default=0, db_comment=KEEP)
    rests_until = models.DateTimeField(null=True, db_comment=KEEP)
    last_used_at = models.DateTimeField(null=True, db_comment=KEEP)
    # Each lock of the page adds one: keys that browsers hold from before open nothing any more.
    key_version = models.PositiveIntegerField(default=0, db_default=0, db_comment=KEEP)
    # The database's time when it was read: set by LinkQuerySet.with_time, and no column.
    read_at: datetime

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("private link")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["request", "-created_at"], name="link_request_created")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="link_expires_after_start"
            ),
            models.CheckConstraint(
                condition=Q(wrong_tries__lt=TRIES_EVER) | Q(revoked_at__isnull=False),
                name="link_guessed_too_often_is_revoked",
            ),
            models.CheckConstraint(
                condition=no_longer_than("sealed_token", SEALED_TOKEN_BYTES), name="link_token_bounded"
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"

    @classmethod
    def begin(cls, **fields: object) -> tuple[Self, str]:
        """Return an unsaved link and its token."""
        token = make_token()
        link = cls(token_hash=hash_token(token), **fields)
        link.sealed_token = seal(token.encode(), link._place)
        return link, token

    @property
    def waiting_token(self) -> str:
        """The token while its message waits to be sent, "" afterwards. Raises SealBroken."""
        return unseal(self.sealed_token, self._place).decode() if self.sealed_token else ""

    def is_alive(self, now: datetime) -> bool:
        """Return whether the link still opens something, now or after its rest."""
        return self.revoked_at is None and self.expires_at > now

    def is_resting(self, now: datetime) -> bool:
        """Return whether nobody may try a birth date at the moment."""
        return self.rests_until is not None and self.rests_until > now

    @property
    def _place(self) -> str:
        return f"{TABLE}:{self.pk}:token"
