"""A day of the clinic: one request from the website to the visit, patient and staff side by side."""

from __future__ import annotations

import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils.dateformat import format as written
from playwright.sync_api import Page, expect

from booking.delivery.outbox import deliver_due
from booking.hours.clinic import calendar
from booking.models import ConsultationRequest, Visit
from booking.rules import reference
from booking.rules.roles import Role
from booking.rules.statuses import Status
from tests.factories import begin_visit, make_request, make_staff
from tests.journeys.pages import PERSON, RequestJourney
from tests.journeys.staff_pages import QUEUE, Workspace
from tests.journeys.test_my_request import MyRequest, newest_link

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fresh_sign_in_counters")]
EMAIL = PERSON["Email address"]
QUESTION, REPLY = "Which side hurts more?", "The left one,\nmostly at night."
# What the history says in the end, latest first, and who did it.
HISTORY = [
    ("Marked seen", "Reception"),
    ("Visit moved", "Reception"),
    ("Chose a time", "Patient"),
    ("Times offered", "Reception"),
    ("Replied", "Patient"),
    ("Asked the patient", "Nurse"),
    ("Review started", "Nurse"),
    ("Received from the website", "Patient"),
]


def test_a_request_goes_through_the_whole_day(visitor: Page, open_browser: Callable[..., Page]) -> None:
    desk = open_browser()
    staff, patient = Workspace(desk), MyRequest(visitor)
    other = make_request()
    request = send_from_the_website(visitor)

    come_in(staff, Role.NURSE)
    first_in_queue(desk, "New, in time", other)
    ask(staff, request)
    patient.unlock(newest_link(EMAIL))
    reply(patient)
    desk.goto(QUEUE)
    first_in_queue(desk, "News from patients", request)
    staff.open(request)
    expect(desk.get_by_role("region", name="Conversation")).to_contain_text(REPLY.splitlines()[1])
    staff.press("Sign out")
    staff.sees("Staff sign-in")

    come_in(staff, Role.RECEPTION)
    first_in_queue(desk, "News from patients", request)
    spare, wanted = offer_two_times(staff, request)
    accept_the_second(patient)
    shows(patient, wanted)
    move_to_the_first_free(staff, request)
    request.refresh_from_db()
    assert request.visit.pk == wanted.pk
    assert request.visit.starts_at == spare.starts_at, "the time that was let go is free again"
    assert start_of(spare, "l, F j \\a\\t P") in newest_letter(EMAIL)
    visitor.reload()
    shows(patient, spare)

    begin_visit(request)
    desk.goto(QUEUE)
    first_in_queue(desk, "Visits that have begun", request)
    mark_seen(staff, request)
    visitor.reload()
    patient.reads("You came to your visit")
    staff.follow("Full history")
    staff.sees("History")
    moments = desk.get_by_role("region", name="What was done").get_by_role("listitem")
    expect(moments).to_have_text([re.compile(f"{what}.*{who}", re.DOTALL) for what, who in HISTORY])
    request.refresh_from_db()
    assert request.status == Status.SEEN


def send_from_the_website(page: Page) -> ConsultationRequest:
    journey = RequestJourney(page)
    journey.to_sent()
    return ConsultationRequest.objects.get(reference=reference.parse(journey.reference))


def come_in(staff: Workspace, role: Role) -> None:
    staff.sign_in(make_staff(role))
    staff.sees("What needs me now")


def first_in_queue(desk: Page, group: str, request: ConsultationRequest) -> None:
    """Expect a request in the first row of the first group of the queue."""
    headers = desk.get_by_role("table").get_by_role("rowheader")
    expect(headers.nth(0)).to_contain_text(group)
    expect(headers.nth(1)).to_contain_text(request.shown_reference)


def ask(staff: Workspace, request: ConsultationRequest) -> None:
    staff.open(request)
    staff.step("Start review")
    staff.told("Review started.")
    staff.step("Ask patient")
    staff.sees("Ask the patient")
    staff.page.get_by_label("Message to the patient").fill(QUESTION)
    staff.press("Send the question")
    staff.told("Question sent.")


def reply(patient: MyRequest) -> None:
    patient.reads("We have a question for you")
    patient.reads(QUESTION)
    patient.page.get_by_label("Your message").fill(REPLY)
    patient.press("Send message")
    patient.reads("We have your message.")
    patient.reads("We read your message")


def offer_two_times(staff: Workspace, request: ConsultationRequest) -> list[Visit]:
    """Offer the first two free times of a later week, and return them as they are held."""
    staff.open(request)
    staff.step("Offer times")
    staff.sees("Offer times")
    week = staff.page.get_by_role("heading", level=2, name=" – ")
    before = week.inner_text()
    staff.press("Later week")
    expect(week).not_to_have_text(before)
    for place in (0, 1):
        staff.page.get_by_role("checkbox").nth(place).check()
    staff.press("Check the offer")
    expect(staff.page.get_by_role("heading", name="2 times will be held")).to_be_visible()
    staff.press("Hold and send")
    staff.told("Times offered.")
    held = list(request.visits.on_offer().order_by("starts_at"))
    assert len(held) == 2
    return held


def accept_the_second(patient: MyRequest) -> None:
    patient.page.reload()
    patient.reads("Choose one of these times")
    patient.page.get_by_role("radio").nth(1).check()
    patient.press("Continue")
    patient.sees("Book this time?")
    patient.press("Book this time")
    patient.reads("Your visit is booked.")


def shows(patient: MyRequest, visit: Visit) -> None:
    """Expect the page of the patient to give this time as that of the visit."""
    patient.sees("My request")
    patient.reads("Your visit is booked")
    patient.reads(start_of(visit, "l, F j, Y"))
    patient.reads(start_of(visit, "P \\t\\o"))


def newest_letter(email: str) -> str:
    """Send what is due, and return the words of the newest mail to an address."""
    deliver_due()
    return str([letter for letter in mail.outbox if letter.to == [email]][-1].body)


def start_of(visit: Visit, form: str) -> str:
    """Return the start of a visit in clinic time, in Django's date format."""
    return written(visit.starts_at.astimezone(ZoneInfo(calendar().zone)), form)


def move_to_the_first_free(staff: Workspace, request: ConsultationRequest) -> None:
    staff.open(request)
    staff.step("Move visit")
    staff.sees("Move the visit")
    week = staff.page.get_by_role("heading", level=2, name=" – ")
    before = week.inner_text()
    staff.follow("Later week")
    expect(week).not_to_have_text(before)
    staff.page.get_by_role("radio").first.check()
    staff.press("Move to this time")
    staff.told("Visit moved.")


def mark_seen(staff: Workspace, request: ConsultationRequest) -> None:
    staff.open(request)
    staff.step("Mark seen")
    staff.sees("Did the patient come?")
    staff.press("Mark seen")
    staff.told("Marked seen.")
