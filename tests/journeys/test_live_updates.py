"""A request stays open in front of somebody while a colleague acts on it."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from booking import actions
from booking.actions import Actor
from booking.models import AccessLog
from booking.models.access import Look
from booking.rules.roles import Role
from tests.booking.admin.conftest import page as address_of
from tests.factories import make_request, make_staff
from tests.journeys.staff_pages import Workspace

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fresh_sign_in_counters")]
LOOK_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"


def test_an_open_page_says_what_a_colleague_did_and_keeps_what_is_typed(page: Page, site: str) -> None:
    made, staff = make_request(), Workspace(page)
    staff.sign_in(make_staff(Role.NURSE))
    staff.sees("What needs me now")
    page.goto(address_of(made))
    note = page.locator(".note-form textarea")
    note.fill("Half a sentence")
    actions.start_review(made, by=Actor.staff(make_staff(Role.NURSE)))
    page.evaluate(LOOK_AGAIN)
    told = page.locator("[data-told]")
    expect(told).to_contain_text("started the review at")
    expect(told).to_be_in_viewport()
    expect(note).to_have_value("Half a sentence")
    assert AccessLog.objects.filter(look=Look.TOLD).count() == 1
    told.get_by_role("link", name="Show the request as it is now").click()
    expect(told).to_be_empty()
    expect(page.get_by_text("Review started").first).to_be_visible()


def wait_for_the_script(page: Page) -> None:
    """Wait until the page has dealt with all answers before this one, and has sent what it wanted to ask."""
    page.evaluate("fetch('/health/live').then((answer) => answer.text())")


def test_it_asks_no_more_once_the_session_is_over(page: Page, site: str) -> None:
    made, staff = make_request(), Workspace(page)
    staff.sign_in(make_staff(Role.NURSE))
    staff.sees("What needs me now")
    page.goto(address_of(made))
    Session.objects.all().delete()
    with page.expect_response(lambda answer: "/watch/" in answer.url) as refused:
        page.evaluate(LOOK_AGAIN)
    assert refused.value.status == 302
    wait_for_the_script(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition("?")[0]))
    page.evaluate(LOOK_AGAIN)
    wait_for_the_script(page)
    assert address_of(made, "watch") not in " ".join(asked)
    expect(page.locator("[data-told]")).to_be_empty()
