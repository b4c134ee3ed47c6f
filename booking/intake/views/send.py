"""The last press: weighed for abuse, kept, and answered with the truth."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from booking import actions
from booking.forms.client_network import network_of
from booking.forms.form_recovery import AWAY
from booking.forms.masked import mask
from booking.intake.documents import answers_of, person_of
from booking.intake.views.answers import go, too_many
from booking.intake.views.form_recovery import arrived
from booking.intake.wizard import Wizard
from booking.models import Draft
from booking.rules.abuse import FASTEST, HONEYPOT, Sign, Verdict
from booking.rules.contact_permission import may_email

CODE: Final = "code"
NEW_CODE: Final = "new_code"
NO_CODE: Final = "no_code"


def send(request: HttpRequest, draft: Draft, wizard: Wizard) -> HttpResponse:
    """Keep the request, ask for the code first, or say that there were too many."""
    person, signs = person_of(wizard), _signs(request, draft)
    email = person.email if may_email(person) else ""
    verdict = actions.weigh(draft, network_of(request), email)
    if verdict == Verdict.REFUSE:
        return too_many(request)
    if verdict == Verdict.ASK and not _is_confirmed(request, draft):
        if email and NO_CODE not in request.POST:
            return _ask_for_code(request, draft, email)
        signs.append(Sign.MANY)
    try:
        actions.submit(draft, person, answers_of(wizard), by=actions.Actor.patient(), signs=signs)
    except AWAY:
        # The connection may have broken after the commit: only a look at the draft can tell.
        if not arrived(draft):
            raise
    return go("sent")


def _signs(request: HttpRequest, draft: Draft) -> list[Sign]:
    found = {
        Sign.HONEYPOT: bool(request.POST.get(HONEYPOT)),
        # Begun in the future: on a machine whose clock is ahead, which tells nothing about the sender.
        Sign.TOO_FAST: timedelta(0) <= timezone.now() - draft.created_at < FASTEST,
    }
    return [sign for sign, shows in found.items() if shows]


def _is_confirmed(request: HttpRequest, draft: Draft) -> bool:
    code = "".join(character for character in request.POST.get(CODE, "") if character.isdigit())
    return bool(code) and actions.confirm(draft, code)


def _ask_for_code(request: HttpRequest, draft: Draft, email: str) -> HttpResponse:
    """Show the page for the code as the direct answer; what was agreed to rides along in the form."""
    tried, again = bool(request.POST.get(CODE)), NEW_CODE in request.POST
    sent = True
    if again or draft.code_until is None:
        sent = actions.ask_for_code(draft, email)
    context = {
        "agreed": [(name, request.POST[name]) for name in ("rev", "consent", "not_watched")],
        "email": mask(email),
        "wrong": tried and not again,
        "sent": sent,
    }
    return render(request, "booking/intake/confirm.html", context, status=403 if tried and not again else 200)
