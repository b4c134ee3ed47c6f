"""The self-check: the content page on GET; questions and outcome on POST, which stores nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from treatments.models import Page
from treatments.pages import published_list
from treatments.pages.views import page
from treatments.selfcheck import signing
from treatments.selfcheck.answers import Unreadable, next_step, pain_of, read, steps_for
from treatments.selfcheck.forms import StepForm
from treatments.selfcheck.questions import STEPS, QuestionPage
from treatments.selfcheck.result import context_of
from treatments.selfcheck.rules import Answers

BY_CODE = {step.code: step for step in STEPS}


# No token: it would put a cookie and a value of its own into a page that every cache may keep. A forged
# post could only show its sender's own text to nobody, for nothing is changed, stored or tied to a person.
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def candidate(request: HttpRequest) -> HttpResponseBase:
    """Show the page about the self-check with its first question, or go one page on with the answers."""
    if request.method != "POST":
        return page(request, key="candidate")
    get_object_or_404(Page.objects.published(), key="candidate")
    language = get_language() or "en"
    frame = {
        "spanish_ready": published_list.speaks_spanish("candidate"),
        "awaits_translator": signing.awaits_translator(language),
    }
    if signing.is_open(language):
        response = _onward(request, frame)
    else:
        response = render(request, "treatments/selfcheck/candidate_closed.html", frame, status=503)
    # The answers are in this page and nowhere else; a cache must not be the second place.
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _onward(request: HttpRequest, frame: dict[str, Any]) -> HttpResponse:
    """Answer a post: the page to change, the same page with its problems, the next one, or the outcome."""
    try:
        answers = read(request.POST)
        asked, wanted = _named(request, "step"), _named(request, "change")
    except Unreadable:
        return render(request, "treatments/selfcheck/candidate_unreadable.html", frame, status=400)
    path = steps_for(pain_of(answers))
    if wanted in path:
        return _question(request, frame, wanted, answers)
    if asked in path and not wanted:
        form = StepForm(asked, pain_of(answers), answers, request.POST)
        if not form.is_valid():
            return _question(request, frame, asked, answers, form)
    step = next_step(answers)
    if step:
        return _question(request, frame, step, answers)
    return _outcome(request, frame, answers)


def _named(request: HttpRequest, field: str) -> QuestionPage | None:
    """Return the page that a field names, if any. Raises Unreadable when there is no such page."""
    code = request.POST.get(field)
    if code and code not in BY_CODE:
        raise Unreadable
    return BY_CODE.get(code or "")


def _question(
    request: HttpRequest,
    frame: dict[str, Any],
    step: QuestionPage,
    answers: Answers,
    form: StepForm | None = None,
) -> HttpResponse:
    path = steps_for(pain_of(answers))
    number = path.index(step)
    own = {question.code for question in step.questions}
    shown = {
        "form": form or StepForm(step, pain_of(answers), answers),
        "step": step,
        "number": number + 1,
        "total": len(path) if len(path) > 1 else None,
        "before": path[number - 1] if number else None,
        "carried": _pairs(answers),
        "others": [(code, value) for code, value in _pairs(answers) if code not in own],
    }
    return render(request, "treatments/selfcheck/candidate_question.html", {**frame, **shown})


def _outcome(request: HttpRequest, frame: dict[str, Any], answers: Answers) -> HttpResponse:
    last = next(step for step in reversed(steps_for(pain_of(answers))) if step.questions[0].code in answers)
    shown = {**context_of(answers), "carried": _pairs(answers), "before": last, "signed": signing.signature()}
    return render(request, "treatments/selfcheck/candidate_result.html", {**frame, **shown})


def _pairs(answers: Answers) -> list[tuple[str, str]]:
    return [(question, code) for question, codes in answers.items() for code in codes]
