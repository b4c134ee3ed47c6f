"""Pages between the steps: advice for today, and for people under 18."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from booking.actions._promise import calendar
from booking.intake import drafts
from booking.intake.gate import when_open
from booking.intake.steps import BY_KEY
from booking.intake.views.answers import address, go, gone, is_changing
from booking.intake.wizard import Wizard
from booking.rules.safety import Level, at_level


@require_safe
@when_open
def same_day(request: HttpRequest) -> HttpResponse:
    """Advise by the clinic's hours; the person may go on."""
    draft = drafts.draft_of(request)
    if draft is None:
        return gone(request)
    if draft.request_id:
        return go("sent")
    wizard, changing = Wizard(draft.steps), is_changing(request)
    onward = wizard.after(BY_KEY["safety"], changing=changing)
    context = {
        "signs": at_level(wizard.kept.get("safety", {}).get("checked", ()), Level.SAME_DAY),
        "is_open": calendar().is_open(timezone.now()),
        "back": address("step", "safety", changing=changing),
        "onward": address("step", onward.key, changing=changing and onward.key != "check"),
    }
    return render(request, "booking/intake/same_day.html", context)


@require_safe
@when_open
def under_18(request: HttpRequest) -> HttpResponse:
    """Ask a parent or guardian to call. The same page for everybody: it tells nothing about who reads it."""
    context = {"back": address("step", "you", changing=is_changing(request))}
    return render(request, "booking/intake/under_18.html", context)
