"""The first page, and the same page with a condition carried along."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from booking.forms.form_recovery import Why, gives_back
from booking.hours.clinic import today
from booking.intake import draft_recovery, drafts
from booking.intake.gate import again_when_open, when_open
from booking.intake.promise import expected_reply
from booking.intake.views.answers import begin, button_again, go_to_step
from booking.intake.wizard import Wizard
from booking.models import DailyCount
from booking.rules.safety import Topic
from treatments.models import Condition


@again_when_open
def start_again(request: HttpRequest, why: Why) -> HttpResponse:
    """Show the button that begins a request, with the answers that its form carried."""
    return button_again(request, why, _("Ask for a consultation"), _("Start my request"))


@require_http_methods(["GET", "HEAD", "POST"])
@gives_back(start_again)
@when_open
def start(request: HttpRequest) -> HttpResponse:
    """Show the first page; begin a draft on POST, or go on with a living one: no click loses answers."""
    if request.method != "POST":
        return _page(request)
    draft = drafts.draft_of(request)
    if draft and not draft.request_id and "again" not in request.POST:
        return go_to_step(Wizard(draft.steps).first_open())
    response = begin(request, draft_recovery.kept(request.POST), "reason")
    if response.status_code == HTTPStatus.SEE_OTHER:
        DailyCount.add("step", "start", today())
        if draft:
            drafts.remove(draft)
    return response


@require_safe
@when_open
def about(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the first page with a condition carried along; one that staff added counts as something else."""
    if slug in Topic.values:
        return _page(request, Topic(slug))
    if Condition.objects.filter(slug=slug).exists():
        return _page(request, Topic.OTHER)
    raise Http404


def _page(request: HttpRequest, topic: Topic | None = None) -> HttpResponse:
    draft = drafts.draft_of(request)
    living = draft if draft and not draft.request_id else None
    context = {
        "topic": topic,
        "has_page": topic not in (None, Topic.OTHER),
        "reply": expected_reply(),
        "next": Wizard(living.steps).first_open() if living else None,
        "was_sent": bool(draft and draft.request_id),
    }
    return render(request, "booking/intake/start.html", context)
