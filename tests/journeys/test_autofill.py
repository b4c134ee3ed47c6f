"""What a browser knows of whoever types stays out of answers about somebody else, in a real Chromium.

Chromium fills in fields that say "off"; the page must keep it from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from booking.rules.roles import Role
from clinic_site.local import browser as browsers
from tests.factories import make_person, make_request, make_staff
from tests.journeys.pages import RequestJourney
from tests.journeys.staff_pages import QUEUE, Workspace

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fresh_sign_in_counters")]
TYPIST = {
    "NAME_FULL": "Nurse Typist",
    "EMAIL_ADDRESS": "nurse@clinic.example",
    "PHONE_HOME_WHOLE_NUMBER": "+14805550188",
    "ADDRESS_HOME_STREET_ADDRESS": "1 Main Street",
    "ADDRESS_HOME_CITY": "Phoenix",
    "ADDRESS_HOME_STATE": "AZ",
    "ADDRESS_HOME_ZIP": "85001",
    "ADDRESS_HOME_COUNTRY": "US",
}
DETAILS = ("full_name", "email", "phone")


@pytest.fixture(scope="module")
def browser(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    """A whole Chromium: the shell without windows fills in nothing."""
    whole = browsers.find_whole()
    if whole is None:
        pytest.skip("This machine has no whole Chromium, which filling in needs.")
    with browser_type.launch(**{**browser_type_launch_args, "executable_path": whole}) as launched:
        yield launched


def fill_in(page: Page, name: str) -> set[str]:
    """Let the browser fill in the form from one field; return the details that it wrote into others."""
    devtools = page.context.new_cdp_session(page)
    known = {"fields": [{"name": key, "value": value} for key, value in TYPIST.items()]}
    for domain in ("DOM", "Autofill"):
        devtools.send(f"{domain}.enable")
    devtools.send("Autofill.setAddresses", {"addresses": [known]})
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    node = devtools.send("DOM.querySelector", {"nodeId": root, "selector": f"#id_{name}"})["nodeId"]
    field = devtools.send("DOM.describeNode", {"nodeId": node})["node"]["backendNodeId"]
    devtools.send("Autofill.trigger", {"fieldId": field, "address": known})
    expect(page.locator(f"#id_{name}")).to_have_value("Nurse Typist")
    page.wait_for_timeout(500)  # the others are written after the first one
    return {one for one in DETAILS if one != name and page.locator(f"#id_{one}").input_value()}


def about_whom(page: Page, who_for: str) -> None:
    journey = RequestJourney(page)
    journey.open()
    journey.start()
    journey.reason(who_for=who_for)
    journey.safety()
    journey.symptoms()
    journey.history()
    journey.sees("You and how we reach you")


def test_patients_have_their_own_details_filled_in(page: Page) -> None:
    about_whom(page, "Myself")
    assert fill_in(page, "full_name") == {"email", "phone"}


def test_who_asks_for_another_has_their_own_details_filled_in_and_not_the_patients(page: Page) -> None:
    about_whom(page, "Another adult")
    assert fill_in(page, "asker_name") == {"email", "phone"}


def test_a_call_keeps_the_details_of_whoever_types_out(page: Page) -> None:
    Workspace(page).sign_in(make_staff(Role.NURSE))
    page.goto(f"{QUEUE}take-call/?topic=migraine")
    page.get_by_text("Email and calls").last.click()
    assert fill_in(page, "full_name") == set()


def test_corrected_details_keep_them_out_too(page: Page) -> None:
    made = make_request(person=make_person(full_name="", phone="", email=""))
    Workspace(page).sign_in(make_staff(Role.NURSE))
    page.goto(f"{QUEUE}{made.pk}/amend-details/")
    assert fill_in(page, "full_name") == set()


def test_the_form_itself_leaves_the_browser_free_to_bring_back_what_was_typed(page: Page) -> None:
    Workspace(page).sign_in(make_staff(Role.NURSE))
    page.goto(f"{QUEUE}take-call/?topic=migraine")
    expect(page.locator("#id_full_name")).to_have_attribute("autocomplete", "xoff")
    assert page.locator("#id_full_name").evaluate("field => field.form.getAttribute('autocomplete')") is None
