"""One view for every step."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from booking.forms.contact import EmailField
from booking.forms.form_recovery import gives_back
from booking.forms.person import PersonForm
from booking.forms.section import SectionForm
from booking.forms.symptoms import SymptomsForm
from booking.forms.typos import did_you_mean
from booking.intake import drafts
from booking.intake.forms import SafetyStepForm
from booking.intake.gate import when_open
from booking.intake.promise import expected_reply
from booking.intake.steps import BY_KEY, CHECK, STEPS, FormStep
from booking.intake.summary import panels
from booking.intake.views.answers import SeeOther, address, go, go_to_step, gone, is_changing
from booking.intake.views.endings import call_911
from booking.intake.views.form_recovery import again
from booking.intake.views.send import send
from booking.intake.wizard import Wizard
from booking.models import Draft
from booking.rules.questions import WhoFor
from booking.rules.safety import Level, at_level

# Sent by the button that shows the page in the other language: nothing is saved, nothing typed is lost.
LANGUAGE: Final = "show_in"
# Steps whose every "you" is the patient, also when somebody else answers.
ABOUT_THE_PATIENT = ("safety", "symptoms", "history")


@require_http_methods(["GET", "HEAD", "POST"])
@gives_back(again)
@when_open
def step(request: HttpRequest, step: str) -> HttpResponse:
    """Show a step, or take its answers and go on."""
    page, draft = BY_KEY[step], drafts.draft_of(request)
    if draft is None:
        return _without_draft(request, page)
    if draft.request_id:
        return go("sent")
    wizard = Wizard(draft.steps)
    if missing := wizard.missing_before(page):
        return go_to_step(missing, changing=is_changing(request))
    if request.method != "POST":
        return _show(request, draft, wizard, page, wizard.form(page))
    if LANGUAGE in request.POST:
        return _show(request, draft, wizard, page, wizard.as_typed(page, request.POST))
    try:
        return _take(request, draft, wizard, page)
    except Draft.DoesNotExist:
        return gone(request, page.key)


def _without_draft(request: HttpRequest, page: FormStep) -> HttpResponse:
    """Say that nothing is kept. An emergency answer still gets its page, also when it is sent again."""
    if page.key == "safety" and request.method == "POST":
        form = SafetyStepForm(request.POST)
        if form.is_valid() and form.at_level(Level.EMERGENCY):
            return call_911(request, form)
    return gone(request, page.key)


def _take(request: HttpRequest, draft: Draft, wizard: Wizard, page: FormStep) -> HttpResponse:
    if page is CHECK and EmailField.takes_suggestion in request.POST:
        return _take_email(draft, wizard)
    if page is CHECK and request.POST.get("rev") != str(draft.rev):
        return _show(request, draft, wizard, page, wizard.form(page), changed=True)
    form = wizard.form(page, request.POST)
    if not form.is_valid():
        return _show(request, draft, wizard, page, form)
    if page is CHECK:
        return send(request, draft, wizard)
    if isinstance(form, SafetyStepForm):
        return _after_safety(request, draft, wizard, form)
    values = form.values()
    if isinstance(form, PersonForm) and form.lacks_guardian:
        # Without the birth date the step stays open, and a slip of the pen costs no retyping.
        del values["birth_date"]
        drafts.keep(draft, page.key, values)
        return SeeOther(address("under-18", changing=is_changing(request)))
    if isinstance(form, SymptomsForm) and _see_a_doctor_today(form, wizard):
        drafts.keep(draft, page.key, values)
        return SeeOther(address("same-day", changing=is_changing(request)))
    return _go_on(request, drafts.keep(draft, page.key, values), page)


def _take_email(draft: Draft, wizard: Wizard) -> HttpResponse:
    """Take the address that was probably meant; which one it is, the server works out itself."""
    you = wizard.kept["you"]
    if meant := did_you_mean(you["email"]):
        drafts.keep(draft, "you", {**you, "email": meant})
    return go_to_step(CHECK)


def _see_a_doctor_today(form: SymptomsForm, wizard: Wizard) -> bool:
    """Return whether the symptoms tell of a same-day sign that nobody has been advised about yet."""
    checked = wizard.kept.get("safety", {}).get("checked", ())
    return bool(at_level(set(form.implied) - set(checked), Level.SAME_DAY))


def _after_safety(request: HttpRequest, draft: Draft, wizard: Wizard, form: SafetyStepForm) -> HttpResponse:
    page = BY_KEY["safety"]
    if emergencies := form.at_level(Level.EMERGENCY):
        drafts.remove_for_emergency(draft, [question.code for question in emergencies])
        return call_911(request, form)
    if form.about != wizard.topic:
        return _show(request, draft, wizard, page, wizard.form(page), changed=True)
    kept = drafts.keep(draft, page.key, form.values())
    if form.at_level(Level.SAME_DAY):
        return SeeOther(address("same-day", changing=is_changing(request)))
    return _go_on(request, kept, page)


def _go_on(request: HttpRequest, draft: Draft, page: FormStep) -> HttpResponse:
    if draft.request_id:
        return go("sent")
    changing = is_changing(request)
    response = go_to_step(Wizard(draft.steps).after(page, changing=changing), changing=changing)
    drafts.give_key(response, drafts.token_of(request))
    return response


def _show(
    request: HttpRequest,
    draft: Draft,
    wizard: Wizard,
    page: FormStep,
    form: SectionForm,
    *,
    changed: bool = False,
) -> HttpResponse:
    before = wizard.before(page)
    back = address("step", before.key) if before else address("start")
    context: dict[str, Any] = {
        "step": page,
        "title": page.heading or form[form.heading].label,
        "form": form,
        "number": STEPS.index(page) + 1,
        "progress": wizard.progress(page),
        "back": address("step", CHECK.key) if is_changing(request) else back,
        "changed": changed,
        "for_another": wizard.who_for not in ("", WhoFor.SELF) and page.key in ABOUT_THE_PATIENT,
        "rev": draft.rev,
        "takes_language": True,
    }
    if page is CHECK:
        you = wizard.kept["you"]
        email = "" if you.get("no_email") else you["email"]
        context |= {"panels": panels(wizard), "reply": expected_reply(), "email": email}
    template = "booking/intake/check.html" if page is CHECK else "booking/intake/step.html"
    return render(request, template, context)
