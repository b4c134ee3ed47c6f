"""A new user, from a condition page to an agreed visit and its cancellation, alone with the link."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from booking.models import ConsultationRequest
from booking.rules import reference
from booking.rules.roles import Role
from booking.rules.statuses import Status
from tests.factories import make_staff
from tests.journeys.keyboard import Keyboard
from tests.journeys.pages import PERSON, RequestJourney
from tests.journeys.staff_pages import Workspace
from tests.journeys.test_my_request import MyRequest, newest_link, small_screen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fresh_sign_in_counters")]
EMAIL = PERSON["Email address"]


def made(journey: RequestJourney) -> ConsultationRequest:
    journey.sees("We have your request")
    return ConsultationRequest.objects.get(reference=reference.parse(journey.reference))


def offer_times(desk: Page, request: ConsultationRequest) -> None:
    """The clinic reads the request and offers two times, on its own pages."""
    staff = Workspace(desk)
    staff.sign_in(make_staff(Role.NURSE, Role.RECEPTION))
    staff.open(request)
    staff.step("Start review")
    staff.step("Offer times")
    staff.press("Later week")
    for place in (0, 1):
        desk.get_by_role("checkbox").nth(place).check()
    staff.press("Check the offer")
    staff.press("Hold and send")
    staff.told("Times offered.")


def test_in_spanish_on_a_small_screen_without_a_script(open_browser: Callable[..., Page]) -> None:
    page = small_screen(open_browser)
    journey = RequestJourney(page, language="es")
    journey.open("/es/conditions/back-pain/")
    page.get_by_role("main").get_by_role("link", name=journey.say("Request a consultation")).first.click()
    journey.start()
    journey.who_for()
    journey.safety()
    journey.symptoms("Back pain")
    # In the middle of it, a look at the English: what was chosen and not sent yet is still there.
    journey.pick("What have you tried so far?", "Physical therapy or exercise")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_label("Physical therapy or exercise")).to_be_checked()
    page.get_by_role("button", name="Español").click()
    journey.history()
    journey.you()
    journey.sees("Check your answers")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    journey.send()
    request = made(journey)

    offer_times(open_browser(), request)
    patient = MyRequest(page, "es")
    link = newest_link(EMAIL)
    assert link.startswith("/es/my-request/")
    patient.unlock(link)
    page.get_by_role("radio").nth(1).check()
    patient.press("Continue")
    patient.sees("Book this time?")
    patient.press("Book this time")
    patient.reads("Your visit is booked.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    request.refresh_from_db()
    assert request.status == Status.SCHEDULED
    patient.follow("Cancel my visit")
    patient.press("Cancel my visit")
    patient.reads("Your visit is cancelled.")
    request.refresh_from_db()
    assert (request.status, request.visit) == (Status.IN_REVIEW, None)


def test_in_english_with_the_keyboard_alone(open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    keys, journey = Keyboard(page), RequestJourney(page)
    send_by_keyboard(keys, journey)
    request = made(journey)
    assert request.person.full_name == "Test Patient 07"

    offer_times(open_browser(), request)
    page.goto(newest_link(EMAIL))
    for label, value in (("Month", "January"), ("Day", "7"), ("Year", "1980")):
        keys.fill(label, value)
    keys.go_on("Open my request")
    journey.sees("My request")
    keys.choose("Times to choose from")
    keys.press("ArrowDown")
    keys.go_on()
    journey.sees("Book this time?")
    keys.go_on("Book this time")
    expect(page.get_by_text("Your visit is booked.")).to_be_visible()
    request.refresh_from_db()
    assert request.status == Status.SCHEDULED
    keys.go_on("Cancel my visit")
    journey.sees("Cancel this visit?")
    keys.go_on("Cancel my visit")
    expect(page.get_by_text("Your visit is cancelled.")).to_be_visible()
    request.refresh_from_db()
    assert (request.status, request.visit) == (Status.IN_REVIEW, None)


def send_by_keyboard(keys: Keyboard, journey: RequestJourney) -> None:
    journey.open("/conditions/migraine/")
    keys.go_on("Request a consultation")
    keys.go_on("Start my request")
    keys.choose("What would you like help with?", "Who is this request for")
    keys.go_on()
    keys.choose("No, I do not have any of these")
    keys.go_on()
    for question in ("on average", "enjoyment", "general activity"):
        keys.choose(question)
        keys.press("ArrowRight", "ArrowRight")
    keys.choose("Where does it hurt")
    keys.fill("days a month do you have a headache", "19")
    keys.fill("like a migraine", "9")
    keys.tab_to("a headache last")
    keys.press("ArrowDown")
    keys.fill("pain medicine", "8")
    keys.tab_to("How long has it been")
    keys.press("ArrowDown")
    keys.go_on()
    keys.choose("I have not tried", "No, none of these", "none of these apply", "last shot", "referral")
    keys.go_on()
    for label, value in journey.person.items():
        keys.fill(label, value)
        if label == "Year":
            keys.choose("been to our clinic")
        if label == "Phone number":
            keys.choose("leave a message")
    keys.choose("contact you first", "language do you prefer", "interpreter")
    # The first answer is yes: the next field asks for the language.
    keys.fill("Language to interpret", "Navajo")
    keys.choose("pay for a visit")
    keys.go_on()
    journey.sees("Check your answers")
    keys.choose("I agree", "I know")
    keys.go_on("Send request")
