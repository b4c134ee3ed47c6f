"""What the content loader put into each row, so that it never overwrites what staff wrote since."""

from __future__ import annotations

from django.db import models


class LoadedContent(models.Model):
    """The values that load_content last gave to one row, by the row's label (page:migraine)."""

    label = models.CharField(max_length=200, unique=True)
    values = models.JSONField()

    class Meta:
        verbose_name = "loaded content"
        verbose_name_plural = "loaded content"
        default_permissions = ()

    def __str__(self) -> str:
        return self.label
