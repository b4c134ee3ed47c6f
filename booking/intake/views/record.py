"""Everything that was sent, to print or to keep, for as long as the confirmation is shown in full."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from booking.intake import drafts
from booking.intake.documents import kept_of
from booking.intake.promise import moment_in_words
from booking.intake.summary import panels
from booking.intake.views.answers import go
from booking.intake.wizard import Wizard


@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """Show the answers of the request that this browser has just sent; later, only that it was sent."""
    draft = drafts.draft_of(request)
    made = draft.request if draft else None
    if made is None:
        return go("sent")
    context = {
        "request_sent": made,
        "received": moment_in_words(made.received_at),
        "panels": panels(Wizard(kept_of(made.person, made.answers))),
    }
    return render(request, "booking/intake/record.html", context)
