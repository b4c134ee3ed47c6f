"""Refusals. Each carries a sentence that a person can read; nothing was changed."""

from __future__ import annotations

from datetime import datetime


class BookingError(Exception):
    """A verb was refused. str(error) is the sentence to show."""


class NotAllowed(BookingError):
    """This person may not do this."""


class NotPossible(BookingError):
    """The request's present state does not allow this."""


class SomeoneWasFaster(BookingError):
    """The request changed after the page was opened."""


class TimeNotFree(BookingError):
    """The clinician already has a visit at that time, or it lies outside what can be booked."""


class TooOften(BookingError):
    """This was asked for more often than any honest program does."""


class LinkGone(BookingError):
    """A private link opens nothing: unknown, expired or shut; which of these is not told."""


class LinkRests(BookingError):
    """Too many wrong birth dates: nobody may try until `until`."""

    def __init__(self, sentence: str, *, until: datetime | None) -> None:
        super().__init__(sentence)
        self.until = until


class WrongBirthDate(BookingError):
    """The birth date is not the patient's; `left` more tries before the link rests."""

    def __init__(self, sentence: str, *, left: int) -> None:
        super().__init__(sentence)
        self.left = left
