"""Pages between the steps: advice for today, and for people under 18."""

from __future__ import annotations

from enum import Enum
from typing import Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from booking.forms.form_recovery import Why, gives_back, recovery_page
from booking.hours.clinic import calendar
from booking.intake import drafts
from booking.intake.gate import again_when_open, when_open
from booking.intake.steps import BY_KEY, CHECK
from booking.intake.views.answers import SeeOther, address, go, gone, is_changing
from booking.intake.wizard import Wizard
from booking.models import Draft
from booking.rules.questions import SameDayCare, WhoFor
from booking.rules.safety import TODAY, Level, SafetyQuestion, at_level

# The codes of the signs that the page showed, beside what is said of them.
SHOWN: Final = "shown_sign"


class Problem(Enum):
    """Why what was said of the signs is not kept."""

    NO_CHOICE = "nothing of it can be read"
    NEW_SIGN = "it was said of a page that did not show every sign of now"


@again_when_open
def same_day_again(request: HttpRequest, why: Why) -> HttpResponse:
    """Show the advice for the signs that the page showed; which ones the draft has, nobody can tell now."""
    signs = at_level(dict.fromkeys(request.POST.getlist(SHOWN)), Level.SAME_DAY)
    context = {**_same_day_context(request, signs, "safety"), "only_a_button": True}
    return recovery_page(request, why, "booking/intake/same_day.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@gives_back(same_day_again)
@when_open
def same_day(request: HttpRequest) -> HttpResponse:
    """Advise by the clinic's hours; POST goes on with what the person says of it, which staff see."""
    draft = drafts.draft_of(request)
    if draft is None:
        return gone(request)
    if draft.request_id:
        return go("sent")
    problem = None
    if request.method == "POST":
        try:
            draft, problem = _keep_same_day_care(request, draft)
        except Draft.DoesNotExist:
            return gone(request)
        if problem is None:
            return _after_same_day(request, draft)
    wizard = Wizard(draft.steps)
    signs = wizard.same_day_signs
    # A sign that the symptoms tell of is corrected there.
    checked = wizard.kept.get("safety", {}).get("checked", ())
    place = "safety" if not signs or signs[0].code in checked else "symptoms"
    context = {**_same_day_context(request, signs, place), "problem": problem and problem.name}
    return render(request, "booking/intake/same_day.html", context)


def _same_day_context(
    request: HttpRequest, signs: tuple[SafetyQuestion, ...], place: str
) -> dict[str, object]:
    return {
        "signs": signs,
        # What the heading says already needs no second time.
        "advice": list(dict.fromkeys(str(sign.advice) for sign in signs if str(sign.advice) != str(TODAY))),
        "is_open": calendar().is_open(timezone.now()),
        "back": address("step", place, changing=is_changing(request)),
        "back_to": BY_KEY[place].title,
        "choices": SameDayCare,
        "shown": SHOWN,
    }


@transaction.atomic
def _keep_same_day_care(request: HttpRequest, draft: Draft) -> tuple[Draft, Problem | None]:
    """Keep what is said of the signs that the page showed; return the draft of now and why it was not kept.

    Raises Draft.DoesNotExist.
    """
    draft = drafts.lock(draft)
    wizard = Wizard(draft.steps)
    signs = {sign.code for sign in wizard.same_day_signs}
    said = request.POST.get("same_day_care", "")
    if not signs:
        return draft, None
    # Another tab may have told of one more since: nothing was said of that one.
    if not signs <= set(request.POST.getlist(SHOWN)):
        return draft, Problem.NEW_SIGN
    if said not in SameDayCare.values:
        return draft, Problem.NO_CHOICE
    return drafts.keep(draft, "safety", wizard.with_same_day_care(said)), None


def _after_same_day(request: HttpRequest, draft: Draft) -> HttpResponse:
    onward = Wizard(draft.steps).first_open()
    return SeeOther(address("step", onward.key, changing=is_changing(request) and onward is not CHECK))


@again_when_open
def under_18_again(request: HttpRequest, why: Why) -> HttpResponse:
    """Show the page with its button."""
    back = address("step", "you", changing=is_changing(request))
    context = {"back": back, "has_draft": True, "only_a_button": True}
    return recovery_page(request, why, "booking/intake/under_18.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@gives_back(under_18_again)
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
