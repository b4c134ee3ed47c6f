"""Proves that the keys of this process are the ones that the stored documents were sealed with."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, models, transaction

from booking.models.cipher import SealBroken, beginning, decrypt, digest, encrypt
from booking.models.columns import KEEP

PROBE: Final = b"key check"
NOT_THESE: Final = "SEAL_KEYS or SEARCH_KEY are not this database's"
# How long a proof stands although documents do not open.
DOUBT_SECONDS: Final = 10.0
NEW: Final = "SEAL_KEYS hold a key that the release step has not seen"
NO_VALUES: Final = "the database holds no key check value: the release step writes it"

logger = logging.getLogger(__name__)

# The settings that were proved, the very objects; None before, and again once something did not open.
_proved: tuple[dict[str, bytes], bytes] | None = None
_proved_at = float("-inf")
# What this process goes on with although the database does not know it.
_accepted: frozenset[str] = frozenset()


class KeysNotProved(OperationalError):
    """Nothing may be sealed, opened or looked for now: the keys are others, or the database cannot tell.

    An error of the database to whoever asks it: what was sent is not received, and the page says so.
    """


def require_proof() -> None:
    """Prove every key against the database, once in a process. Raises KeysNotProved.

    Costs two comparisons afterwards. While it fails, each call asks again.
    """
    global _proved, _proved_at
    keys = (settings.SEAL_KEYS, settings.SEARCH_KEY)
    if _proved is not None and _proved[0] is keys[0] and _proved[1] is keys[1]:
        return
    try:
        problem = KeyCheck.problem()
    except (DatabaseError, InterfaceError) as error:
        # Not chained to what the driver says: it may name the server and its user.
        raise KeysNotProved(f"the database cannot tell ({type(error).__name__})") from None
    if problem and problem not in _accepted:
        logger.error("keys are not proved: %s", problem)
        raise KeysNotProved(problem)
    _proved, _proved_at = keys, time.monotonic()


def doubt_proof() -> None:
    """Ask the database again at the next use, but not for each row of a page of rows that do not open."""
    if time.monotonic() - _proved_at > DOUBT_SECONDS:
        forget_proof()


def forget_proof() -> None:
    """Ask the database again at the next use."""
    global _proved
    _proved = None


@contextmanager
def accepting_new_keys() -> Iterator[None]:
    """Go on with keys that have no row yet: the release step, which verified them and has yet to migrate."""
    global _accepted
    _accepted = frozenset({NEW, NO_VALUES})
    try:
        yield
    finally:
        _accepted = frozenset()
        forget_proof()


class KeyCheck(models.Model):
    """A row for each sealing key ever used here, which only that key can open and the search key repeat.

    Written by the release step alone. A key that a row names must stay: what it sealed is not sealed anew.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, db_comment=KEEP)
    search_value = models.BigIntegerField(db_comment=KEEP)
    probe = models.BinaryField(db_comment=KEEP)

    def __str__(self) -> str:
        return f"key check {self.pk}"

    @classmethod
    def problem(cls) -> str:
        """Return why the keys of this process are not proved, or "" when each of them is."""
        rows = list(cls.objects.order_by("pk"))
        if not rows:
            return NO_VALUES
        if not all(row._agrees() for row in rows):
            return NOT_THESE
        return NEW if _without_a_row(rows) else ""

    @classmethod
    def disagrees(cls) -> bool:
        """Return whether the keys are not the ones used here before; new ones beside them are fine."""
        return not all(row._agrees() for row in cls.objects.all())

    @classmethod
    def new_keys(cls) -> list[str]:
        """Return the ids of sealing keys that have no row yet, oldest first."""
        return _without_a_row(cls.objects.all())

    @classmethod
    @transaction.atomic
    def remember(cls) -> None:
        """Write a row for each key that has none. Call `disagrees` before; the owner's role alone may."""
        rows: list[KeyCheck] = list(cls.objects.select_for_update().order_by("pk"))
        for key_id in _without_a_row(rows):
            row = cls(pk=rows[-1].pk + 1 if rows else 1, search_value=_search_value())
            row.probe = encrypt(PROBE, row._place, key_id)
            row.save(force_insert=True)
            rows.append(row)

    def _agrees(self) -> bool:
        try:
            return decrypt(self.probe, self._place) == PROBE and self.search_value == _search_value()
        except SealBroken:
            return False

    @property
    def _place(self) -> str:
        return f"booking_keycheck:{self.pk}:probe"


def _without_a_row(rows: Iterable[KeyCheck]) -> list[str]:
    """Return the ids of keys that no row is sealed with, oldest first."""
    written = tuple(bytes(row.probe) for row in rows)
    ids = reversed(list(settings.SEAL_KEYS))
    return [one for one in ids if not any(probe.startswith(beginning(one)) for probe in written)]


def _search_value() -> int:
    return digest("check", PROBE.decode())
