"""One request, from the condition page to the visit, through the eyes of the patient and then of staff."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from booking.models import ConsultationRequest
from booking.rules import reference
from booking.rules.roles import Role
from booking.rules.statuses import Status
from tests.factories import begin_visit, make_staff
from tests.journeys.pages import RequestJourney
from tests.journeys.staff_pages import Workspace

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fresh_sign_in_counters")]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_from_the_condition_page_to_seen(open_browser: Callable[..., Page], script: bool) -> None:
    patient = RequestJourney(open_browser(java_script_enabled=script))
    patient.open("/conditions/tension-headache/")
    patient.page.get_by_role("main").get_by_role("link", name="Request a consultation").first.click()
    patient.start()
    patient.who_for()
    patient.safety()
    patient.symptoms("Tension headache")
    patient.history()
    patient.you()
    patient.send()
    patient.sees("We have your request")

    request = ConsultationRequest.objects.get(reference=reference.parse(patient.reference))
    desk = open_browser(java_script_enabled=script)
    staff = Workspace(desk)
    staff.sign_in(make_staff(Role.NURSE, Role.RECEPTION))
    staff.open(request)
    expect(desk.get_by_text("Tension headache").first).to_be_visible()
    staff.step("Start review")
    staff.step("Book a time")
    desk.get_by_role("link", name="Later week").click()
    desk.get_by_role("radio").first.check()
    staff.press("Book this time")
    staff.told("Visit booked.")
    request.refresh_from_db()
    begin_visit(request)
    desk.reload()
    staff.step("Mark seen")
    staff.press("Mark seen")
    request.refresh_from_db()
    assert request.status == Status.SEEN
    verbs = list(request.events.order_by("at").values_list("verb", flat=True))
    assert verbs == ["submit", "start_review", "book_time", "mark_seen"]
