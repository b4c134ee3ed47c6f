"""Refusals. Each carries a sentence that a person can read; nothing was changed."""

from __future__ import annotations


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
