"""A quiet sign-in ends in a real browser: a warning first, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from booking.models import ConsultationRequest, Note
from booking.rules.roles import Role
from clinic_site.accounts import session_timeout
from tests.booking.admin.conftest import page as address_of
from tests.factories import PASSWORD, make_request, make_staff
from tests.journeys.faults import faults
from tests.journeys.staff_pages import Workspace

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fresh_sign_in_counters")]
WORDS = "Call the daughter first."


@pytest.fixture
def request_(site: str) -> ConsultationRequest:
    return make_request()


# Far above what a test takes: time goes by when it is told to, in the browser and on the server.
QUIET, WARN = 9_000, 6_000


def at_work(page: Page, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Sign in where quiet time is QUIET seconds, with a warning WARN before its end."""
    settings.SESSION_QUIET_SECONDS = QUIET
    monkeypatch.setattr(session_timeout, "WARN_SECONDS", WARN)
    staff = Workspace(page)
    staff.sign_in(make_staff(Role.NURSE, username="quiet"))
    staff.sees("What needs me now")
    return staff


def let_time_pass(page: Page, settings: Any, *, left: int) -> None:
    """Let the page ask for the time again, when a quiet sign-in has so many seconds left."""
    settings.SESSION_QUIET_SECONDS = left
    page.clock.fast_forward(QUIET * 1_000)


def sign_in_again(staff: Workspace) -> None:
    staff.page.get_by_label("Username").fill("quiet")
    staff.page.get_by_label("Password").fill(PASSWORD)
    staff.press("Sign in")


def test_the_warning_takes_the_focus_and_any_key_keeps_the_sign_in(
    page: Page, request_: ConsultationRequest, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work(page, settings, monkeypatch)
    page.clock.install()
    page.goto(address_of(request_))
    note = page.get_by_label("Note for colleagues")
    note.focus()
    dialog = page.get_by_role("dialog", name="Are you still here?")
    stay = dialog.get_by_role("button", name="Stay signed in")
    for answer in ("Enter", "Escape"):
        let_time_pass(page, settings, left=WARN)
        expect(dialog).to_be_visible()
        expect(stay).to_be_focused()
        assert faults(page) == []
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement.closest('dialog') || document.activeElement === document.body"
        )
        stay.focus()
        settings.SESSION_QUIET_SECONDS = QUIET
        with page.expect_response("**/account/awake/") as told:
            page.keyboard.press(answer)
        assert told.value.request.method == "POST" and told.value.json()["left"] > WARN
        expect(dialog).to_have_count(0)
        expect(note).to_be_focused()


def test_words_that_nobody_sent_come_back_after_the_sign_in(
    page: Page, request_: ConsultationRequest, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = at_work(page, settings, monkeypatch)
    page.clock.install()
    page.goto(address_of(request_))
    page.get_by_label("Note for colleagues").fill(WORDS)
    let_time_pass(page, settings, left=WARN)
    expect(page.get_by_role("dialog")).to_be_visible()
    let_time_pass(page, settings, left=0)
    staff.sees("Staff sign-in")
    assert WORDS not in page.content()
    settings.SESSION_QUIET_SECONDS = QUIET
    sign_in_again(staff)
    expect(page.get_by_text("You were signed out before this was sent")).to_be_visible()
    expect(page.get_by_label("Note for colleagues")).to_have_value(WORDS)
    assert faults(page) == [] and not Note.objects.exists()
    staff.press("Add note")
    staff.told("Note added.")
    assert Note.objects.get().text == WORDS


def test_without_a_script_they_come_back_when_they_are_sent_too_late(
    open_browser: Callable[..., Page],
    request_: ConsultationRequest,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = open_browser(java_script_enabled=False)
    staff = at_work(page, settings, monkeypatch)
    page.goto(address_of(request_))
    page.get_by_label("Note for colleagues").fill(WORDS)
    settings.SESSION_QUIET_SECONDS = 0
    staff.press("Add note")
    staff.sees("Staff sign-in")
    settings.SESSION_QUIET_SECONDS = QUIET
    sign_in_again(staff)
    expect(page.get_by_label("Note for colleagues")).to_have_value(WORDS)
    assert not Note.objects.exists()
