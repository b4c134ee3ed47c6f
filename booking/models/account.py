"""What was done with staff accounts: append-only. And the one-time links that open them."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.models.columns import ERASE_LINK, KEEP, KEEP_STAFF
from booking.rules.tokens import hash_token, looks_like_token, make_token

INVITATION_KEPT: Final = timedelta(days=3)


class AccountAct(models.TextChoices):
    """What was done."""

    INVITED = "invited", _("Invited")
    WELCOMED = "welcomed", _("Chose a password")
    ROLES = "roles", _("Roles changed")
    DETAILS = "details", _("Name or email changed")
    RESET = "reset", _("Sign-in reset")
    DISABLED = "disabled", _("Switched off")
    ENABLED = "enabled", _("Switched on")
    SIGNED_IN = "signed-in", _("Signed in")
    REFUSED = "refused", _("Sign-in refused")


class AccountEvent(models.Model):
    """One act on an account. A trigger refuses every change and removal."""

    id = models.BigAutoField(primary_key=True, db_comment=KEEP)
    at = models.DateTimeField(default=timezone.now, db_comment=KEEP)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="account_events", db_comment=KEEP_STAFF
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_comment=KEEP_STAFF
    )
    act = models.CharField(max_length=10, choices=AccountAct, db_comment=KEEP)
    codes = models.JSONField(default=dict, db_comment=KEEP)

    class Meta:
        verbose_name = _("act on an account")
        verbose_name_plural = _("acts on accounts")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["account", "-at"], name="account_event_at"),
            models.Index(fields=["at", "id"], name="account_event_all_at"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.at:%Y-%m-%d %H:%M}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Ways of looking at invitations."""

    def by_token(self, token: str) -> InvitationQuerySet:
        """Return the living invitation of a token, if any."""
        if not looks_like_token(token):
            return self.none()
        living = self.filter(expires_at__gt=timezone.now(), account__is_active=True)
        return living.filter(token_hash=hash_token(token))


class Invitation(models.Model):
    """The link with which somebody chooses a password, once. Its token is in one mail; here is its hash."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="invitation",
        db_comment=KEEP_STAFF,
    )
    token_hash = models.BinaryField(unique=True, max_length=32, db_comment=ERASE_LINK)
    expires_at = models.DateTimeField(db_comment=KEEP)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")

    def __str__(self) -> str:
        return f"{self.account_id} {self.expires_at:%Y-%m-%d %H:%M}"

    @classmethod
    def begin(cls, account_id: int) -> tuple[Invitation, str]:
        """Make the one link of an account, in place of an earlier one. Return it with its token."""
        token = make_token()
        values = {"token_hash": hash_token(token), "expires_at": timezone.now() + INVITATION_KEPT}
        made, _new = cls.objects.update_or_create(account_id=account_id, defaults=values)
        return made, token
