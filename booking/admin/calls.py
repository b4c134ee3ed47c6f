"""take_call: a request typed in while the caller is on the phone."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking import actions
from booking.admin.door import actor_of, record, refuse
from booking.admin.same_person import others_of
from booking.admin.verbs.responsible import StaffPersonForm, person_values
from booking.forms.choices import Checklist
from booking.forms.safety import codes_of
from booking.forms.text import LongTextField
from booking.models.access import Look
from booking.rules.documents import Answers, Person
from booking.rules.errors import NotPossible
from booking.rules.safety import BY_CODE, VERSION, Level, Topic, at_level, questions_for
from booking.rules.transitions import TRANSITIONS, Verb


class Signs(forms.CheckboxSelectMultiple):
    """Safety questions, each behind the mark of its level."""

    parts_template = "admin/booking/parts/signs.html"

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the level of a question; "none of these" has none."""
        question = BY_CODE.get(str(value))
        return {**super().create_option(name, value, *args, **kwargs), "level": question and question.level}


class CallForm(StaffPersonForm):
    """The signed safety questions about the topic, then the person, then what they said."""

    parts = (
        (gettext_lazy("Ask first"), ("checked",)),
        *StaffPersonForm.parts,
        (gettext_lazy("What they said"), ("in_own_words",)),
    )

    key = forms.UUIDField(widget=forms.HiddenInput)
    checked = Checklist(
        label=gettext_lazy("Does the caller have any of these now, or in the last few days?"),
        help_text=gettext_lazy("After a yes to a 911 sign: ask them to hang up and call 911."),
        none_label=gettext_lazy("None of these"),
        widget=Signs,
        error_messages={
            "required": gettext_lazy("Select the signs the caller has, or “None of these”"),
            "conflict": gettext_lazy("Select the signs that apply, or “None of these”, but not both"),
        },
    )
    in_own_words = LongTextField(
        label=gettext_lazy("What does the caller tell about the pain? (optional)"),
        help_text=gettext_lazy("In their words. Nurses and clinicians read it."),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, topic: str, **kwargs: Any) -> None:
        super().__init__(*args, topic=topic, **kwargs)
        questions = questions_for(topic)
        checked = cast("Checklist", self.fields["checked"])
        checked.offer((one.code, one.text) for one in questions)


def take_call(http: HttpRequest) -> HttpResponse:
    """Ask for the topic, then show the form; POST makes the request, once for each form."""
    actor = actor_of(http)
    if not TRANSITIONS[Verb.TAKE_CALL].actors & actor.roles:
        refuse(http)
    record(http, Look.CALL_FORM)
    topic = http.GET.get("topic", "")
    if topic not in Topic.values:
        return _show(http, "admin/booking/call_topic.html", topics=Topic.choices)
    if http.method != "POST":
        form = CallForm(topic=topic, initial={"key": uuid.uuid4(), "language": "en"})
        return _show(http, "admin/booking/take_call.html", form=form, topic=Topic(topic))
    form = CallForm(http.POST, topic=topic)
    if not form.is_valid():
        return _show(http, "admin/booking/take_call.html", form=form, topic=Topic(topic))
    try:
        return _make(http, dict(form.cleaned_data), topic)
    except NotPossible as error:
        messages.error(http, str(error))
        return _show(http, "admin/booking/take_call.html", HTTPStatus.CONFLICT, form=form, topic=Topic(topic))


def _make(http: HttpRequest, values: dict[str, Any], topic: str) -> HttpResponse:
    key, codes = values.pop("key"), codes_of(values.pop("checked"))
    told = values.pop("in_own_words")
    answers = Answers(topic, safety=codes, rules_version=VERSION, in_own_words=told)
    made = actions.take_call(Person(**person_values(values)), answers, by=actor_of(http), key=key)
    messages.success(http, _("Request %(reference)s made.") % {"reference": made.shown_reference})
    if any(other.duplicate for other in others_of(made, actor_of(http))):
        messages.warning(http, _("This person has another open request: see “Same person”."))
    if at_level(codes, Level.EMERGENCY):
        messages.error(http, _("The caller named a 911 sign. Make sure that they call 911 now."))
    return redirect("admin:booking_consultationrequest_change", made.pk)


def _show(
    http: HttpRequest, template: str, status: HTTPStatus = HTTPStatus.OK, **context: Any
) -> HttpResponse:
    context = {**admin.site.each_context(http), "title": _("New from a call"), **context}
    return render(http, template, context, status=status)
