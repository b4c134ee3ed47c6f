"""The pages that say no and keep what they can: too many, a code, an old token, a draft that ran out."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from booking.actions import abuse
from booking.models import Draft
from booking.rules.abuse import Limit
from tests.factories import make_link, make_request
from tests.journeys.pages import RequestJourney

pytestmark = pytest.mark.django_db(transaction=True)
Check = Callable[[Page], None]


def lower(monkeypatch: pytest.MonkeyPatch, name: str, soft: int, hard: int) -> None:
    limit: Limit = getattr(abuse, name)
    monkeypatch.setattr(abuse, name, Limit(limit.scope, soft, hard, limit.window))


def test_too_many_are_asked_for_a_code_and_then_to_call(
    page: Page, check_page: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    lower(monkeypatch, "PER_ADDRESS", 0, 9)
    journey = RequestJourney(page)
    journey.to_check()
    journey.send()
    journey.sees("Confirm your email address")
    check_page(page)
    page.get_by_label("The code from our email").fill("000000")
    journey.press("Send request")
    expect(page).to_have_title(re.compile("^Error: Confirm your email address"))
    check_page(page)
    lower(monkeypatch, "PER_ADDRESS", 0, 0)
    journey.press("Send without a code")
    journey.sees("Call us to send your request")
    check_page(page)
    lower(monkeypatch, "BIRTH_DATES_PER_ADDRESS", 0, 0)
    _link, token = make_link(make_request())
    page.goto(f"/my-request/{token}/")
    for label, value in (("Day", "7"), ("Year", "1980")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Month").select_option("1")
    journey.press("Open my request")
    journey.sees("Wait a while, or call us")
    check_page(page)


def test_an_old_token_and_a_lost_draft_cost_no_words(page: Page, check_page: Check) -> None:
    journey = RequestJourney(page)
    journey.open()
    journey.start()
    journey.reason()
    journey.safety()
    journey.symptoms()
    page.get_by_label("Allergies (optional)").fill("Latex <gloves>")
    # A browser that was closed and opened again has lost the cookie of the session, not the one of the draft.
    page.context.clear_cookies(name="csrf")
    journey.history()
    expect(page.get_by_role("heading", name="Not received yet")).to_be_visible()
    check_page(page)
    Draft.objects.all().delete()
    journey.go_on()
    journey.sees("We no longer have your answers")
    check_page(page)
    journey.press("Start again with the answers of this page")
    for answer in (journey.reason, journey.safety, journey.symptoms):
        answer()
    expect(page.get_by_label("Allergies (optional)")).to_have_value("Latex <gloves>")
    journey.go_on()
    journey.sees("You and how we reach you")
