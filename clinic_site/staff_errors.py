"""What staff read when a page does not come: what it means for their work, not a patient's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORKSPACE: Final = "/admin/"
TEMPLATE: Final = "admin/error.html"


@dataclass(frozen=True)
class Words:
    """A heading, what happened, what to do; `again` offers to load the page again."""

    heading: str | Promise
    text: str | Promise
    hint: str | Promise
    mark: str = "triangle-alert"
    again: bool = False


_SUPPORT: Final = _("If it goes on, tell the person who runs this site, with the time and the page.")
_WORDS: Final = {
    "403.html": Words(
        _("You cannot open this page"),
        _("Your role does not open it. That you tried is on record, which is nothing to worry about."),
        _("If your work needs it, ask the practice manager."),
        mark="lock",
    ),
    "404.html": Words(
        _("We cannot find this page"),
        _("The address may have a typing error, or what stood here is gone."),
        _("To find a request, search by reference, name, phone or email on the start page."),
        mark="search",
    ),
    "403_csrf.html": Words(
        _("We could not check this form"),
        _(
            "It was open for a long time, or you signed in again meanwhile. Nothing was changed. "
            "Go back to copy what you typed, load the page again, and send it once more."
        ),
        _SUPPORT,
        again=True,
    ),
    "500.html": Words(
        _("Something went wrong on our side"),
        _("What you did last may not be saved. Look at the request before you do it again."),
        _SUPPORT,
        again=True,
    ),
    "503.html": Words(
        _("The site is not working right now"),
        _(
            "Whether what you sent just now was saved cannot be told yet. Note it on paper. When the site is "
            "back, look at the request first, then do again what is missing. Patients can still reach the "
            "clinic by phone."
        ),
        _SUPPORT,
        again=True,
    ),
    "503_not_received.html": Words(
        _("Not received yet"),
        _("The site is not ready for work. What you sent just now was not saved. Note it on paper."),
        _SUPPORT,
        again=True,
    ),
}


def words_of(template: str, path: str) -> Words | None:
    """Return what staff read in place of a page of the public site; None outside the workspace."""
    return _WORDS.get(template) if path.startswith(WORKSPACE) else None
