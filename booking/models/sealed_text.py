"""A text that somebody wrote, sealed: what notes and letters share."""

from __future__ import annotations

import logging
from typing import Final

from django.db import models

from booking.models.columns import ERASE_HEALTH
from booking.models.sealed import SealBroken, seal, unseal

# Characters of one text.
MAX_LENGTH: Final = 4_000
logger = logging.getLogger(__name__)


class SealedText(models.Model):
    """A row with one sealed text."""

    sealed_text = models.BinaryField(db_comment=ERASE_HEALTH)

    class Meta:
        abstract = True

    @property
    def text(self) -> str:
        """The opened text. Raises SealBroken."""
        return unseal(self.sealed_text, self._place).decode()

    @property
    def legible(self) -> str | None:
        """The opened text; None where it does not open, so that one text takes no page of others away."""
        try:
            return self.text
        except SealBroken:
            logger.error("%s %s does not open", self._meta.db_table, self.pk)
            return None

    def seal_text(self, text: str) -> None:
        """Seal the text; the caller saves."""
        self.sealed_text = seal(text.encode(), self._place)

    @property
    def _place(self) -> str:
        return f"{self._meta.db_table}:{self.pk}:text"
