"""What the site search finds of the requests: their public pages, and never a request."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from treatments.search.entries import Entry


def pages() -> list[Entry]:
    """Return the pages in the active language."""
    return [
        _page(
            "patient:page",
            _("My request"),
            _("Lost my link. Open my request. Change or cancel my visit. Reference. Message to the clinic."),
            _("See how your request stands, choose a time, change or cancel a visit, and write to us.")
            + " "
            + _("Lost your link? Get a new one here."),
        ),
        _page(
            "intake:start",
            _("Ask for a consultation"),
            _("Send a request. Book an appointment. New patient."),
            _("Tell us about your pain. A nurse reads every request, and we answer with the next step."),
        ),
    ]


def _page(name: str, title: str, summary: str, text: str) -> Entry:
    return Entry(reverse(name), title, "", title, summary, text, weight=1.0)
