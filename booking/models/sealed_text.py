"""A text that somebody wrote, sealed: what notes and letters share."""

from __future__ import annotations

from django.db import models

from booking.models.columns import ERASE_HEALTH
from booking.models.sealed import seal, unseal


class SealedText(models.Model):
    """A row with one sealed text."""

    sealed_text = models.BinaryField(db_comment=ERASE_HEALTH)

    class Meta:
        abstract = True

    @property
    def text(self) -> str:
        """The opened text. Raises SealBroken."""
        return unseal(self.sealed_text, self._place).decode()

    def seal_text(self, text: str) -> None:
        """Seal the text; the caller saves."""
        self.sealed_text = seal(text.encode(), self._place)

    @property
    def _place(self) -> str:
        return f"{self._meta.db_table}:{self.pk}:text"
