"""Where a journey ends: call 911, sent, cleared."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from booking.forms.form_recovery import Why, gives_back, recovery_page
from booking.forms.masked import mask
from booking.forms.safety import SafetyForm
from booking.intake import drafts
from booking.intake.gate import again_when_open, when_open
from booking.intake.promise import moment_in_words, reply
from booking.intake.views.answers import begin, button_again, go
from booking.models import ConsultationRequest
from booking.rules.contact_permission import may_email, may_open_online
from booking.rules.questions import WhoFor
from booking.rules.safety import Level, Topic


def call_911(request: HttpRequest, form: SafetyForm) -> HttpResponse:
    """Show the stop page as the direct answer to the form, so that no address holds what was checked.

    Sent again by a refresh it is the same page, and nothing more is counted: the draft is gone.
    """
    signs = form.at_level(Level.EMERGENCY)
    advice = list(dict.fromkeys(str(question.advice) for question in signs))
    context = {"signs": signs, "advice": advice, "topic": form.about, "who_for": form.about_whom}
    response = render(request, "booking/intake/stop.html", context)
    drafts.take_key(response)
    return response


@again_when_open
def stop_again(request: HttpRequest, why: Why) -> HttpResponse:
    """Show the plain stop page with its way back to the safety check."""
    about = {"topic": request.POST.get("topic", ""), "who_for": request.POST.get("who_for", "")}
    return recovery_page(request, why, "booking/intake/stop.html", {**about, "only_a_button": True})


@require_http_methods(["GET", "HEAD", "POST"])
@gives_back(stop_again)
@when_open
def stop(request: HttpRequest) -> HttpResponse:
    """Show the plain stop page; POST ("checked by mistake") begins anew at the safety check."""
    if request.method != "POST":
        return render(request, "booking/intake/stop.html")
    topic = request.POST.get("topic", "")
    if topic not in Topic.values:
        return go("start")
    values = {"topic": topic, "reason": ""}
    if request.POST.get("who_for") in WhoFor.values:
        values["who_for"] = request.POST["who_for"]
    return begin(request, {"reason": values}, "safety")


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Confirm what was sent, in full for half an hour, then only that it was."""
    draft = drafts.draft_of(request)
    if draft and draft.request:
        return render(request, "booking/intake/sent.html", _confirmation(draft.request))
    if drafts.was_sent(request):
        return render(request, "booking/intake/sent_before.html")
    return go("start")


def clear_again(request: HttpRequest, why: Why) -> HttpResponse:
    """Show the button that forgets what was answered."""
    return button_again(request, why, _("Clear your answers?"), _("Clear my answers"))


@require_http_methods(["GET", "HEAD", "POST"])
@gives_back(clear_again)
def clear(request: HttpRequest) -> HttpResponse:
    """Ask before forgetting; forget on POST, here and for every copy of the key. What was sent stays sent."""
    if request.method != "POST":
        return render(request, "booking/intake/clear.html", {"draft": drafts.draft_of(request)})
    drafts.forget(drafts.token_of(request))
    response = go("clear")
    drafts.take_key(response)
    return response


def _confirmation(consultation: ConsultationRequest) -> dict[str, object]:
    person = consultation.person
    email = mask(person.email) if may_email(person) else ""
    return {
        "request_sent": consultation,
        "received": moment_in_words(consultation.received_at),
        "reply": reply(consultation.received_at, consultation.reply_by),
        "reply_by": moment_in_words(consultation.reply_by),
        "email": email,
        "link_is_sent": bool(email) and may_open_online(person),
    }
