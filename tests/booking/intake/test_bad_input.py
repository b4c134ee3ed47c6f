"""Whatever is typed: never an error page, never a traceback, and what is stored is what is shown."""

from __future__ import annotations

import re
import time
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse

from booking.models import ConsultationRequest, Draft
from tests.booking.forms.bad_input import (
    CODE,
    EMAILS,
    EMOJI,
    EVERYTHING,
    LONG,
    NAMES,
    NUMBERS,
    PHONES,
    UNSEEN,
)
from tests.booking.intake.conftest import ANSWERS, ASKER, SYMPTOMS_ABOUT, Patient

TEXTS = {
    "reason": "reason",
    "in_own_words": "symptoms",
    "tried_other": "history",
    "allergies": "history",
    "referrer": "history",
    "full_name": "you",
    "access_needs": "you",
}
TYPED = (
    *TEXTS,
    "headache_days",
    "migraine_days",
    "medicine_days",
    "interpreter_language",
    "phone",
    "email",
    "birth_date_day",
    "birth_date_year",
)
# For a list of answers it matters only that the value is not in the list.
PICKED = [
    "",
    "\x00",
    "none",
    "0",
    "-1",
    "9" * 5000,
    "x" * 100_000,
    "' OR 1=1--",
    "<svg onload=alert(1)>",
    "{{7*7}}",
]
FIELDS = [(step, field) for step, answers in ANSWERS.items() for field in answers]
# Fields that only some are asked: about their jaw, or when they ask for somebody else.
JAW, FOR_ANOTHER = {"topic": "tmj"}, {"who_for": "adult"}
ONLY_SOME = [
    ("symptoms", "features", JAW),
    ("symptoms", "jaw_opening", JAW),
    ("you", "asker_name", FOR_ANOTHER),
    ("you", "relation", FOR_ANOTHER),
    ("you", "may_speak", FOR_ANOTHER),
    ("you", "call_parts", {}),
    ("you", "no_email", {}),
    ("you", "no_online_page", {}),
    ("you", "take_email", {}),
]
# Seconds of computing, which a busy machine does not stretch.
QUICK = 1.0
# Characters; all fields together stay below what a body may hold.
ALL_AT_ONCE = 10_000
BEFORE = dict(zip([*ANSWERS, "check"], [None, *ANSWERS], strict=True))


def begin(patient: Patient, step: str) -> None:
    before = BEFORE[step]
    patient.answer_to(before) if before else patient.start()


def is_fine(response: HttpResponse) -> bool:
    return response.status_code in (200, 303) and "Traceback" not in response.content.decode()


@pytest.mark.parametrize(("step", "field"), FIELDS, ids=lambda value: value)
def test_no_input_breaks_a_page(patient: Patient, step: str, field: str) -> None:
    begin(patient, step)
    try_everything(patient, step, field)


@pytest.mark.parametrize(("step", "field", "reason"), ONLY_SOME, ids=lambda value: str(value))
def test_no_input_to_a_question_for_some_breaks_a_page(
    patient: Patient, step: str, field: str, reason: dict[str, str]
) -> None:
    patient.start()
    patient.answer("reason", **reason)
    topic = reason.get("topic", "migraine")
    patient.answer("safety", shown_for=topic)
    if step == "you":
        patient.answer("symptoms", **SYMPTOMS_ABOUT[topic])
        patient.answer("history")
    try_everything(patient, step, field)


def try_everything(patient: Patient, step: str, field: str) -> None:
    for typed in PICKED:
        send_and_time(patient, step, {field: typed})
    patient.answer(step)
    assert patient.look(step).status_code == 200


def send_and_time(patient: Patient, step: str, changes: dict[str, str]) -> None:
    begun = time.thread_time()
    assert is_fine(patient.answer(step, **changes)), (step, changes)
    assert time.thread_time() - begun < QUICK, (step, changes)


@pytest.mark.parametrize("step", ANSWERS)
def test_nothing_typed_into_every_field_at_once_breaks_a_page(patient: Patient, step: str) -> None:
    begin(patient, step)
    fields = [field for at, field in FIELDS if at == step] + [one[1] for one in ONLY_SOME if one[0] == step]
    for typed in EVERYTHING:
        send_and_time(patient, step, dict.fromkeys(fields, typed[:ALL_AT_ONCE]))


@pytest.mark.parametrize("field", TYPED)
def test_what_is_typed_into_a_field_alone_breaks_no_page(patient: Patient, field: str) -> None:
    """With the rest of the step in order, so that every check behind the field runs too."""
    step = next((at for at, name in FIELDS if name == field), "you")
    begin(patient, step)
    for typed in (*UNSEEN[:3], *NAMES[:3], *EMOJI[:1], *LONG[-2:], *CODE[:2], *NUMBERS, *PHONES, *EMAILS):
        send_and_time(patient, step, {field: typed})


@pytest.mark.parametrize(("field", "step"), TEXTS.items(), ids=lambda value: value)
def test_what_is_stored_is_what_is_shown(patient: Patient, field: str, step: str) -> None:
    begin(patient, step)
    for typed in [*UNSEEN, *NAMES, *EMOJI, *LONG, *CODE]:
        response = patient.answer(step, **{field: typed})
        if response.status_code != 303:
            continue
        stored = Draft.objects.get().steps[step][field]
        assert not set(stored) & set("\x00\x1b\u202e\u2066\r\u2028"), typed
        shown = patient.look(step).content.decode()
        assert stored in unescape(shown), typed
        assert "<script>" not in shown and "onerror=alert(1)>" not in shown.replace("&gt;", "")


@pytest.mark.parametrize("field", ["interpreter_language", "asker_name", "phone", "email"])
def test_what_is_stored_is_shown_on_the_page_that_is_sent(patient: Patient, field: str) -> None:
    for_another = field == "asker_name"
    patient.start()
    patient.answer("reason", **(FOR_ANOTHER if for_another else {}))
    for step in ("safety", "symptoms", "history"):
        patient.answer(step)
    more = ASKER if for_another else {"interpreter": "yes", "interpreter_language": "Navajo"}
    kept = 0
    for typed in [
        *UNSEEN,
        *NAMES,
        *EMOJI,
        *LONG,
        *CODE,
        *PHONES,
        *EMAILS,
        "o'b+x@example.com",
        "520.555.0107",
    ]:
        if patient.answer("you", **{**more, field: typed}).status_code != 303:
            continue
        stored = Draft.objects.get().steps["you"][field]
        shown = re.sub(r"^\+1(\d{3})(\d{3})(\d{4})$", r"(\1) \2-\3", stored)
        assert shown in unescape(patient.look("check").text), typed
        kept += bool(stored)
    assert kept


def test_a_request_full_of_code_is_kept_as_text(patient: Patient) -> None:
    nasty = "<svg onload=alert(1)> {{7*7}} '; DROP TABLE x;-- =cmd|'/c'!A1 👩‍👩‍👧"
    patient.start()
    patient.answer("reason", reason=nasty)
    patient.answer("safety")
    patient.answer("symptoms", in_own_words=nasty)
    patient.answer("history", allergies=nasty, tried_other=nasty, referrer=nasty)
    patient.answer("you", full_name=nasty, access_needs=nasty, interpreter="yes", interpreter_language=nasty)
    page = patient.look("check").content.decode()
    assert nasty not in page and unescape(page).count(nasty) == 8
    patient.send()
    request = ConsultationRequest.objects.get()
    assert request.person.full_name == request.answers.allergies == nasty


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"full_name=%ff%fe&birth_date_month=%00",
        b"checked=%ed%a0%80",
        b"full_name[]=a&full_name=b",
        b"a" * 5000,
        b"&".join(b"x=1" for _ in range(900)),
        b"\x00\xff\x00",
    ],
)
def test_bodies_that_are_no_form_are_answered(patient: Patient, body: bytes) -> None:
    for step in ANSWERS:
        begin(patient, step)
        kind = "application/x-www-form-urlencoded"
        assert is_fine(patient.post(f"/consultation/{step}/", body, content_type=kind))


@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "multipart/form-data",
        "text/plain",
        "application/x-www-form-urlencoded; charset=bogus",
        "application/x-www-form-urlencoded; charset=utf-16",
    ],
)
def test_other_kinds_of_bodies_are_answered(patient: Patient, kind: str) -> None:
    patient.start()
    response = patient.generic("POST", "/consultation/reason/", b'{"topic": "tmj"}', content_type=kind)
    assert response.status_code in (200, 400)
    assert "reason" not in Draft.objects.get().steps


@pytest.mark.parametrize("cookie", ["", "x", "\x01", "'; DROP TABLE x", "a" * 5000, "é", "../../"])
def test_a_key_that_opens_nothing_is_answered(patient: Patient, settings: Any, cookie: str) -> None:
    patient.cookies[settings.DRAFT_COOKIE_NAME] = cookie
    for path in ("", "sent/", "clear/"):
        assert patient.get(f"/consultation/{path}").status_code in (200, 303)
    for step in (*ANSWERS, "check"):
        assert patient.look(step).status_code == 410
    assert patient.look("same-day").status_code == 410


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "trace"])
def test_other_methods_change_nothing(patient: Patient, method: str) -> None:
    patient.answer_to("you")
    for path in ("", "reason/", "check/", "get-help-now/", "sent/", "clear/", "same-day/"):
        assert getattr(patient, method)(f"/consultation/{path}").status_code == 405
    assert Draft.objects.get().steps.keys() == ANSWERS.keys()


def test_looking_changes_nothing(patient: Patient) -> None:
    patient.answer_to("you")
    before = Draft.objects.values().get()
    for path in (
        "",
        "about/tmj/",
        *(f"{step}/" for step in (*ANSWERS, "check")),
        "clear/",
        "sent/",
        "get-help-now/",
    ):
        patient.get(f"/consultation/{path}?consent=on&topic=tmj&again=1")
        patient.head(f"/consultation/{path}")
    assert Draft.objects.values().get() == before


def test_a_form_without_its_token_is_refused_and_says_that_steps_are_kept(db: None) -> None:
    browser = Patient(enforce_csrf_checks=True)
    response = browser.post("/consultation/", {})
    assert response.status_code == 403
    assert "Steps that you saved before are kept" in response.content.decode()


def test_no_answer_reaches_the_log(patient: Patient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    patient.answer_to("you")
    patient.answer("you", birth_date_day="45")
    patient.send()
    noise = " ".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")
    for secret in ("Test Patient", "5550107", "test.patient07", "1980", "migraine", "preventive"):
        assert secret not in noise
