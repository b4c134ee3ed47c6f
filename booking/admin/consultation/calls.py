"""take_call: a request typed in while the caller is on the phone."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Any, Final

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from booking import actions
from booking.admin.base.access import actor_of, record, refuse
from booking.admin.consultation.call_form import USUAL, CallForm
from booking.admin.consultation.callers import Asked, known
from booking.admin.reading.duplicates import others_of, point_out
from booking.admin.verbs.responsible import person_values
from booking.forms.contact import EmailField
from booking.forms.safety import codes_of
from booking.models.access import Look
from booking.rules.documents import Answers, Person
from booking.rules.errors import NotPossible
from booking.rules.safety import VERSION, Level, Topic, at_level
from booking.rules.transitions import TRANSITIONS, Verb

# The button that looks the caller up. It sends the whole form, so that nothing typed is lost.
LOOK_UP: Final = "look_up"


def take_call(request: HttpRequest) -> HttpResponse:
    """Ask for the topic, then show the form; POST looks the caller up, or makes the request, once a form."""
    actor = actor_of(request)
    if not TRANSITIONS[Verb.TAKE_CALL].actors & actor.roles:
        refuse(request)
    record(request, Look.SEARCH if LOOK_UP in request.POST else Look.CALL_FORM)
    topic = request.GET.get("topic", "")
    if topic not in Topic.values:
        return _show(request, "booking/admin/consultation/call_topic.html", topics=Topic.choices)
    if request.method != "POST":
        return _form(request, CallForm(topic=topic, initial={**USUAL, "key": uuid.uuid4()}))
    form = CallForm(request.POST, topic=topic)
    if LOOK_UP in request.POST or EmailField.takes_suggestion in request.POST:
        return _go_on(request, form)
    if not form.is_valid():
        return _form(request, form)
    try:
        return _make(request, dict(form.cleaned_data), topic)
    except NotPossible as error:
        messages.error(request, str(error))
        return _form(request, form, HTTPStatus.CONFLICT)


def _go_on(request: HttpRequest, form: CallForm) -> HttpResponse:
    """Show what was typed again, unjudged: the call goes on. Below the button: who it may be."""
    typed = {**form.typed(form.data), "key": form["key"].value() or uuid.uuid4()}
    found: dict[str, Any] = {}
    if LOOK_UP in request.POST:
        asked = Asked.read(form)
        found = {"asked": asked, "known": known(request, asked)}
    return _form(request, CallForm(topic=form.about, initial=typed), **found)


def _make(request: HttpRequest, values: dict[str, Any], topic: str) -> HttpResponse:
    key, codes = values.pop("key"), codes_of(values.pop("checked"))
    told = {name: values.pop(name) for name in ("in_own_words", "same_day_care")}
    answers = Answers(topic, safety=codes, rules_version=VERSION, **told)
    made = actions.take_call(Person(**person_values(values)), answers, by=actor_of(request), key=key)
    messages.success(request, _("Request %(reference)s made.") % {"reference": made.shown_reference})
    if told_of := point_out(made, others_of(made, actor_of(request)), actor_of(request)):
        messages.warning(request, told_of)
    if at_level(codes, Level.EMERGENCY):
        messages.error(request, _("The caller named a 911 sign. Make sure that they call 911 now."))
    return redirect("admin:booking_consultationrequest_change", made.pk)


def _form(
    request: HttpRequest, form: CallForm, status: HTTPStatus = HTTPStatus.OK, **found: Any
) -> HttpResponse:
    topic = Topic(form.about)
    return _show(
        request, "booking/admin/consultation/take_call.html", status, form=form, topic=topic, **found
    )


def _show(
    request: HttpRequest, template: str, status: HTTPStatus = HTTPStatus.OK, **context: Any
) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": _("New from a call"), **context}
    return render(request, template, context, status=status)
