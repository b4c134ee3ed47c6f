"""Pages between the steps: advice for today, and for people under 18."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from booking.hours.clinic import calendar
from booking.intake import drafts
from booking.intake.gate import when_open
from booking.intake.steps import BY_KEY, CHECK
from booking.intake.views.answers import SeeOther, address, go, gone, is_changing
from booking.intake.wizard import Wizard
from booking.models import Draft
from booking.rules.questions import SameDayCare, WhoFor
from booking.rules.safety import TODAY


@require_http_methods(["GET", "HEAD", "POST"])
@when_open
def same_day(request: HttpRequest) -> HttpResponse:
    """Advise by the clinic's hours; POST goes on with what the person says of it, which staff see."""
    draft = drafts.draft_of(request)
    if draft is None:
        return gone(request)
    if draft.request_id:
        return go("sent")
    wizard, changing = Wizard(draft.steps), is_changing(request)
    if request.method == "POST" and (response := _take_care(request, draft, wizard)):
        return response
    signs = wizard.same_day_signs
    # A sign that the symptoms tell of is corrected there.
    checked = wizard.kept.get("safety", {}).get("checked", ())
    place = "safety" if not signs or signs[0].code in checked else "symptoms"
    context = {
        "signs": signs,
        # What the heading says already needs no second time.
        "advice": list(dict.fromkeys(str(sign.advice) for sign in signs if str(sign.advice) != str(TODAY))),
        "is_open": calendar().is_open(timezone.now()),
        "back": address("step", place, changing=changing),
        "back_to": BY_KEY[place].title,
        "choices": SameDayCare,
    }
    return render(request, "booking/intake/same_day.html", context)


def _take_care(request: HttpRequest, draft: Draft, wizard: Wizard) -> HttpResponse | None:
    """Keep what is said of the signs and go on; None when nothing of it can be read."""
    said = request.POST.get("same_day_care", "")
    if wizard.same_day_signs and said not in SameDayCare.values:
        return None
    if wizard.same_day_signs:
        try:
            drafts.keep(draft, "safety", wizard.with_same_day_care(said))
        except Draft.DoesNotExist:
            return gone(request)
    onward = wizard.first_open()
    return SeeOther(address("step", onward.key, changing=is_changing(request) and onward is not CHECK))


@require_http_methods(["GET", "HEAD", "POST"])
@when_open
def under_18(request: HttpRequest) -> HttpResponse:
    """Say that a parent or guardian has to ask; POST goes on as one.

    The same page for everybody: it tells nothing about who reads it.
    """
    changing = is_changing(request)
    if request.method != "POST":
        context = {"back": address("step", "you", changing=changing), "has_draft": drafts.draft_of(request)}
        return render(request, "booking/intake/under_18.html", context)
    draft = drafts.draft_of(request)
    if draft is None:
        return gone(request)
    if reason := draft.steps.get("reason"):
        try:
            drafts.keep(draft, "reason", {**reason, "who_for": WhoFor.MINOR.value})
        except Draft.DoesNotExist:
            return gone(request)
    return SeeOther(address("step", "you", changing=changing))
