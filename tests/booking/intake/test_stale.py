"""A form with an old token comes back as it was typed, to our own pages alone."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.http import HttpResponse

from booking.models import DailyCount, Draft
from tests.booking.intake.conftest import ANSWERS, CONSENT, SAFETY, YOU, Patient

OURS = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def strict(db: None) -> Patient:
    """A browser that was closed and opened again: the draft's key is there, the token's cookie is not."""
    steady = Patient()
    steady.answer_to("history")
    browser = Patient(enforce_csrf_checks=True)
    browser.cookies = steady.cookies
    return browser


def press(browser: Patient, step: str, base: str = "/consultation/", **changes: object) -> HttpResponse:
    data = {**ANSWERS.get(step, {}), "asked_about": "migraine", "asked_for": "self", **changes}
    return browser.post(f"{base}{step}/", data, headers=OURS)


@pytest.mark.parametrize(
    ("base", "words"),
    [("/consultation/", "Not received yet"), ("/es/consultation/", "Todavía no nos llegó")],
)
def test_the_page_gives_back_what_was_typed_and_takes_it_when_pressed_again(
    strict: Patient, base: str, words: str
) -> None:
    told = press(strict, "you", base, full_name="Nguyễn <O’Brien>")
    assert told.status_code == 403
    assert words in told.text
    assert "Nguyễn &lt;O’Brien&gt;" in told.text and "<O’Brien>" not in told.text
    assert "you" not in Draft.objects.get().steps
    token = TOKEN.search(told.text)
    assert token
    again = press(strict, "you", base, full_name="Nguyễn <O’Brien>", csrfmiddlewaretoken=token[1])
    assert (again.status_code, again.headers["Location"]) == (303, f"{base}check/")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://testserver"},
        {"Origin": "http://testserver:81"},
    ],
)
def test_another_site_cannot_have_its_words_shown_here(strict: Patient, headers: dict[str, str]) -> None:
    told = strict.post("/consultation/you/", {**YOU, "full_name": "Written elsewhere"}, headers=headers)
    assert told.status_code == 403
    assert "Written elsewhere" not in told.text
    assert "Load the page again" in told.text and 'href="/consultation/you/"' in told.text


def test_a_911_answer_with_an_old_token_is_still_an_emergency_and_erases(strict: Patient) -> None:
    told = press(strict, "safety", checked=["HD-1"], shown_for="migraine")
    assert "Call 911 now" in told.text
    assert not Draft.objects.exists()
    assert DailyCount.objects.get(kind="emergency").code == "HD-1"
    assert strict.cookies[settings.DRAFT_COOKIE_NAME].value == ""


def test_the_last_page_keeps_consent_and_sends_nothing(strict: Patient) -> None:
    told = strict.post("/consultation/check/", {**CONSENT, "rev": "3"}, headers=OURS)
    assert told.status_code == 403
    assert told.text.count(" checked") == 2 and 'name="rev" value="3"' in told.text


def test_a_closed_form_does_not_open_this_way(strict: Patient, settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    told = strict.post("/consultation/safety/", SAFETY, headers=OURS)
    assert told.status_code == 503
    assert 'name="checked"' not in told.text
