"""Why a patient cannot do something now. Patients know our states by what they mean, not by their names."""

from __future__ import annotations

from django.utils.translation import gettext as _

from booking.rules.statuses import FINAL, Status


def not_now(status: Status) -> str:
    """Return the sentence for a patient who comes too late, or from a page that is no longer true."""
    if status == Status.SCHEDULED:
        return _("A visit is agreed already. This page shows its time.")
    if status in FINAL:
        return _("This request has ended. Call us if you still need us.")
    return _("Something changed meanwhile. This page shows how things stand now.")
