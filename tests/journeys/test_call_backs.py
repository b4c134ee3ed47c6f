"""A call that is planned, falls due, comes up in the queue, and is made: with and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from booking.models import ConsultationRequest
from booking.rules.roles import Role
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.booking.admin.conftest import page as address_of
from tests.factories import free_time, make_person, make_request, make_staff
from tests.journeys.staff_pages import QUEUE, Workspace

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fresh_sign_in_counters")]
CALLS = f"{QUEUE}?show=calls"
AGAIN = "When to call again? (optional)"


@pytest.fixture
def request_(site: str) -> ConsultationRequest:
    return make_request(Status.IN_REVIEW, person=make_person(full_name="Test Patient 23"))


def falls_due(request: ConsultationRequest) -> None:
    """Let the hours up to the planned call pass."""
    request.refresh_from_db()
    assert request.call_back_at is not None
    request.call_back_at = timezone.now() - timedelta(minutes=1)
    request.save(update_fields=["call_back_at"])


def test_a_call_is_planned_falls_due_and_is_made(visitor: Page, request_: ConsultationRequest) -> None:
    staff = Workspace(visitor)
    staff.sign_in(make_staff(Role.NURSE, Role.RECEPTION))
    staff.open(request_)
    staff.step("Call patient")
    staff.sees("Call the patient")
    staff.choose("What came of the call?", "No answer")
    staff.choose(AGAIN, "In 2 hours")
    visitor.get_by_label("Note for colleagues").fill("The line was busy twice.")
    staff.press("Record the call")
    staff.told("Call recorded.")
    visitor.goto(CALLS)
    expect(staff.row(request_)).to_have_count(0)

    falls_due(request_)
    visitor.goto(QUEUE)
    expect(visitor.get_by_text("Calls to make (1)").first).to_be_visible()
    visitor.get_by_role("link").filter(has_text="Calls to make").first.click()
    expect(staff.row(request_)).to_contain_text("Call back since")
    staff.row(request_).get_by_role("rowheader").get_by_role("link").click()
    expect(visitor.get_by_text("The time to call again has come.")).to_be_visible()
    staff.step("Call patient")
    staff.choose("What came of the call?", "Reached")
    staff.press("Record the call")
    staff.told("Call recorded.")
    expect(visitor.get_by_text("The line was busy twice.")).to_be_visible()

    visitor.goto(CALLS)
    expect(staff.row(request_)).to_have_count(0)
    request_.refresh_from_db()
    assert request_.call_back_at is None
    assert request_.events.filter(verb=Verb.LOG_CONTACT).count() == 2


def test_the_form_of_a_call_is_accessible_with_all_it_can_say(
    page: Page, request_: ConsultationRequest, check_page: Callable[[Page], None]
) -> None:
    staff = Workspace(page)
    staff.sign_in(make_staff(Role.NURSE, Role.RECEPTION))
    page.goto(address_of(request_, Verb.LOG_CONTACT))
    staff.choose("What came of the call?", "Asked us to call later")
    staff.choose(AGAIN, "On another day, 9 a.m.")
    staff.press("Record the call")
    expect(page).to_have_title(f"Error: Call the patient | {request_.shown_reference} | Staff")
    check_page(page)
    page.get_by_role("link", name="Select the day on which to call again").click()
    expect(page.get_by_label("Which day?")).to_be_focused()
    page.get_by_label("Which day?").fill(f"{free_time(timedelta(days=2)).date()}")
    page.keyboard.press("Enter")
    staff.told("Call recorded.")
    falls_due(request_)
    page.goto(address_of(request_, Verb.LOG_CONTACT))
    expect(page.get_by_text("Call back since")).to_be_visible()
    check_page(page)
