"""Help on a day with colleagues: the sheet, who else is looking, what can be taken back, the calendar."""

from __future__ import annotations

# ruff: noqa: E501 (a sentence a line is easier to read than one folded over three)
from django.utils.translation import gettext as _

from booking.admin.help.help_rules import Chapter


def sheet() -> Chapter:
    """Return what stands on the day's sheet, and what to do with the paper."""
    return Chapter(
        "sheet",
        _("Today’s sheet, on paper"),
        (
            _("“Today’s sheet” stands above the queue and the calendar. It lists same-day requests, visits, calls to make, and what is overdue."),
            _("It names patients, so opening it is recorded: who opened it, and each request that stands on it."),
            _("No answer and no condition stands on it. A clinician gets their own patients alone."),
            _("It holds what was true when it was opened. Open it anew before you print it again."),
            _("Shred the paper at the end of the day."),
        ),
    )  # fmt: skip


def colleagues() -> Chapter:
    """Return how two people at one request hear of each other."""
    return Chapter(
        "colleagues",
        _("Two people at one request"),
        (
            _("A request says who else opened it in the last ten minutes."),
            _("When somebody acts on a request that you have open, a line at the bottom says who did what."),
            _("What you typed stays. The link in that line shows the request as it is now, without what you typed."),
            _("If you send a form that a colleague overtook, nothing is saved before you have read what changed."),
            _("That line needs JavaScript, and a connection. To be told of a change is recorded."),
            _("“Mark as unread” takes “Mark as read” back, until somebody answers or the patient does something."),
        ),
    )  # fmt: skip


def calendar() -> Chapter:
    """Return on which day the calendar opens."""
    return Chapter(
        "calendar",
        _("The calendar"),
        (
            _("It opens on today. On a day without hours it opens on the next day with some."),
            _("A week opens on the coming one once the last hours of this one are over. “Today” leads back."),
            _("It shows initials and part of the reference. Open a visit to see more, and that is recorded."),
        ),
    )
