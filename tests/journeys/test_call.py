"""Taking a call in a real browser, on a phone: looked up, folded parts, problems."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from booking.rules.roles import Role
from booking.rules.statuses import Status
from tests.factories import make_person, make_request, make_staff
from tests.journeys.staff_pages import QUEUE, Workspace

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fresh_sign_in_counters")]


def take_call(page: Page) -> Workspace:
    """Come to the form as a nurse, on a phone."""
    page.set_viewport_size({"width": 390, "height": 844})
    staff = Workspace(page)
    staff.sign_in(make_staff(Role.NURSE))
    page.goto(f"{QUEUE}take-call/?topic=migraine")
    return staff


def test_a_caller_is_looked_up_and_gone_on_with(
    open_browser: Callable[..., Page], check_page: Callable[[Page], None], site: str
) -> None:
    known = make_request(Status.IN_REVIEW, person=make_person(phone="+14805550142"))
    page = open_browser()
    staff = take_call(page)
    page.get_by_label("Full name").fill(known.person.full_name)
    page.get_by_label("Phone number").fill("480 555 0142")
    # Enter looks up, and saves nothing.
    page.get_by_label("Phone number").press("Enter")
    expect(page.get_by_role("group", name="1 request that fits")).to_be_focused()
    expect(page.get_by_label("Full name")).to_have_value(known.person.full_name)
    expect(page.get_by_role("button", name="Save the request")).to_be_in_viewport()
    check_page(page)
    staff.follow(f"Go on in {known.shown_reference}")
    staff.sees(known.person.full_name)


def test_without_a_script_folds_open_where_a_link_or_a_problem_leads(
    open_browser: Callable[..., Page], site: str
) -> None:
    page = open_browser(java_script_enabled=False)
    staff = take_call(page)
    email = page.get_by_label("Email address")
    expect(email).to_be_hidden()
    page.get_by_role("link", name="Email and calls").click()
    email.fill("nobody")
    staff.press("Save the request")
    # The part that was opened last does not win over what is wrong.
    expect(page.get_by_role("heading", name="There is a problem")).to_be_in_viewport()
    page.get_by_role("link", name="Enter an email address in the form").click()
    expect(email).to_be_in_viewport()
    expect(email).to_have_value("nobody")
