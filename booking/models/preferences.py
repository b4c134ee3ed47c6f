"""What a member of staff chose for themselves."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from booking.models.columns import KEEP, KEEP_STAFF


class StaffPreferences(models.Model):
    """One person's choices; without a row all is as usual."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="preferences",
        db_comment=KEEP_STAFF,
    )
    # WCAG 2.2, 2.1.4: whoever dictates must be able to switch keys of one character off.
    single_keys = models.BooleanField(default=True, db_comment=KEEP)

    class Meta:
        verbose_name = _("preferences")
        verbose_name_plural = _("preferences")

    def __str__(self) -> str:
        return f"preferences {self.pk}"


def uses_single_keys(user: Any) -> bool:
    """Return whether keys of one character work for this person."""
    preferences = getattr(user, "preferences", None)
    return preferences is None or preferences.single_keys
