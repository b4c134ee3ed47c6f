"""While the database is away a patient gets back what was typed, and the truth about where it is.

Nothing here asks the database or a session. Sending again is safe: the browser's key stays the same, and one
draft makes one request.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import loader

from booking.intake.forms import SafetyStepForm
from booking.intake.steps import BY_KEY, CHECK, STEPS, Step
from booking.intake.views.answers import address
from booking.intake.views.endings import call_911
from booking.intake.wizard import Wizard
from booking.models import Draft
from booking.rules.safety import Level
from treatments import snapshot

AWAY: Final = (OperationalError, InterfaceError)
RETRY_AFTER_SECONDS: Final = "30"
# What a step says about the questions it showed, so that it can be shown again without the draft.
ABOUT: Final = "asked_about"
WHO_FOR: Final = "asked_for"
View = Callable[..., HttpResponse]


class Unsure(OperationalError):
    """The connection broke while the request was being kept, and no other one could be had to look."""


def gives_back(view: View) -> View:
    """Answer a step that was sent with its own page, all it held in place, when the database fails."""

    @wraps(view)
    def guarded(request: HttpRequest, step: str) -> HttpResponse:
        try:
            return view(request, step=step)
        except AWAY as error:
            if request.method != "POST":
                raise
            return _not_received(request, BY_KEY[step], unsure=isinstance(error, Unsure))

    return guarded


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


def _not_received(request: HttpRequest, page: Step, *, unsure: bool) -> HttpResponse:
    about, who_for = request.POST.get(ABOUT, ""), request.POST.get(WHO_FOR, "")
    form = page.form(request.POST, topic=about, who_for=who_for)
    if isinstance(form, SafetyStepForm) and form.is_valid() and form.at_level(Level.EMERGENCY):
        return call_911(request, form)
    context: dict[str, Any] = {
        "request": request,
        "csrf_token": get_token(request),
        "clinic": snapshot.latest(),
        "demo": settings.DEMO,
        "step": page,
        "title": page.heading or form[form.heading].label,
        "form": form,
        "number": STEPS.index(page) + 1,
        "progress": Wizard.progress(page),
        "back": _before(page),
        "not_received": True,
        "unsure": unsure,
        "rev": request.POST.get("rev", ""),
    }
    template = "booking/intake/check.html" if page is CHECK else "booking/intake/step.html"
    html = loader.get_template(template).render(context)
    return HttpResponse(html, status=503, headers={"Retry-After": RETRY_AFTER_SECONDS})


def _before(page: Step) -> str:
    before = Wizard.before(page)
    return address("step", before.key) if before else address("start")
