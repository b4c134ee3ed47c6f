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


def take_call(http: HttpRequest) -> HttpResponse:
    """Ask for the topic, then show the form; POST looks the caller up, or makes the request, once a form."""
    actor = actor_of(http)
    if not TRANSITIONS[Verb.TAKE_CALL].actors & actor.roles:
        refuse(http)
    record(http, Look.SEARCH if LOOK_UP in http.POST else Look.CALL_FORM)
    topic = http.GET.get("topic", "")
    if topic not in Topic.values:
        return _show(http, "booking/admin/consultation/call_topic.html", topics=Topic.choices)
    if http.method != "POST":
        return _form(http, CallForm(topic=topic, initial={**USUAL, "key": uuid.uuid4()}))
    form = CallForm(http.POST, topic=topic)
    if LOOK_UP in http.POST or EmailField.takes_suggestion in http.POST:
        return _go_on(http, form)
    if not form.is_valid():
        return _form(http, form)
    try:
        return _make(http, dict(form.cleaned_data), topic)
    except NotPossible as error:
        messages.error(http, str(error))
        return _form(http, form, HTTPStatus.CONFLICT)


def _go_on(http: HttpRequest, form: CallForm) -> HttpResponse:
    """Show what was typed again, unjudged: the call goes on. Below the button: who it may be."""
    typed = {**form.typed(form.data), "key": form["key"].value() or uuid.uuid4()}
    found: dict[str, Any] = {}
    if LOOK_UP in http.POST:
        asked = Asked.read(form)
        found = {"asked": asked, "known": known(http, asked)}
    return _form(http, CallForm(topic=form.about, initial=typed), **found)


def _make(http: HttpRequest, values: dict[str, Any], topic: str) -> HttpResponse:
    key, codes = values.pop("key"), codes_of(values.pop("checked"))
    told = {name: values.pop(name) for name in ("in_own_words", "same_day_care")}
    answers = Answers(topic, safety=codes, rules_version=VERSION, **told)
    made = actions.take_call(Person(**person_values(values)), answers, by=actor_of(http), key=key)
    messages.success(http, _("Request %(reference)s made.") % {"reference": made.shown_reference})
    if told_of := point_out(made, others_of(made, actor_of(http)), actor_of(http)):
        messages.warning(http, told_of)
    if at_level(codes, Level.EMERGENCY):
        messages.error(http, _("The caller named a 911 sign. Make sure that they call 911 now."))
    return redirect("admin:booking_consultationrequest_change", made.pk)


def _form(
    http: HttpRequest, form: CallForm, status: HTTPStatus = HTTPStatus.OK, **found: Any
) -> HttpResponse:
    topic = Topic(form.about)
    return _show(http, "booking/admin/consultation/take_call.html", status, form=form, topic=topic, **found)


def _show(
    http: HttpRequest, template: str, status: HTTPStatus = HTTPStatus.OK, **context: Any
) -> HttpResponse:
    context = {**admin.site.each_context(http), "title": _("New from a call"), **context}
    return render(http, template, context, status=status)
