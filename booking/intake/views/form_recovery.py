"""A step that could not be taken is shown again as it was typed; and what became of a broken commit."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from booking.forms.form_recovery import AWAY, Unsure, Why, recovery_page
from booking.intake import drafts
from booking.intake.draft_recovery import ABOUT, WHO_FOR
from booking.intake.forms import SafetyStepForm
from booking.intake.gate import again_when_open
from booking.intake.steps import BY_KEY, CHECK, STEPS, FormStep
from booking.intake.views.answers import address
from booking.intake.views.endings import call_911
from booking.intake.wizard import Wizard
from booking.models import Draft
from booking.rules.safety import Level


def arrived(draft: Draft) -> bool:
    """Return whether a request was made of the draft, asked on a new connection.

    The lock waits for a commit that is still under way, so that "no" is certain. Raises Unsure.
    """
    try:
        connection.close()
        with transaction.atomic():
            found = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    except AWAY as error:
        raise Unsure from error
    return bool(found and found.request_id)


@again_when_open
def again(request: HttpRequest, why: Why, step: str) -> HttpResponse:
    """Show a step as it was sent; a 911 answer gets its page whatever is wrong with the form."""
    page = BY_KEY[step]
    about, who_for = request.POST.get(ABOUT, ""), request.POST.get(WHO_FOR, "")
    form = page.form(request.POST, topic=about, who_for=who_for)
    if isinstance(form, SafetyStepForm) and form.is_valid() and form.at_level(Level.EMERGENCY):
        if why is Why.STALE:
            _erase(request, form)
        return call_911(request, form)
    context: dict[str, Any] = {
        "step": page,
        "title": page.heading or form[form.heading].label,
        "form": form,
        "number": STEPS.index(page) + 1,
        "progress": Wizard.progress(page),
        "back": _before(page),
        "rev": request.POST.get("rev", ""),
        "takes_language": True,
    }
    template = "booking/intake/check.html" if page is CHECK else "booking/intake/step.html"
    return recovery_page(request, why, template, context)


def _erase(request: HttpRequest, form: SafetyStepForm) -> None:
    if draft := drafts.draft_of(request):
        codes = [question.code for question in form.at_level(Level.EMERGENCY)]
        drafts.remove_for_emergency(draft, codes)


def _before(page: FormStep) -> str:
    before = Wizard.before(page)
    return address("step", before.key) if before else address("start")
