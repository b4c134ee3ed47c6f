"""Filters of the queue that somebody kept under a name."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from booking.models.columns import KEEP, KEEP_STAFF


class SavedFilter(models.Model):
    """One person's choice of filters: codes alone, never what somebody searched for."""

    id = models.BigAutoField(primary_key=True, db_comment=KEEP)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters", db_comment=KEEP_STAFF
    )
    name = models.CharField(_("name"), max_length=40, db_comment=KEEP)
    query = models.CharField(max_length=300, db_comment=KEEP)

    class Meta:
        verbose_name = _("saved filter")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_filter_named_once")]

    def __str__(self) -> str:
        return self.name
