"""The calendar in a browser: from a cancelled visit to the patient who wanted to come earlier."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from booking import actions
from booking.models import Absence, ConsultationRequest, Schedule
from booking.rules.roles import Role
from tests.booking.admin.conftest import page as address_of
from tests.factories import everybody, free_time, make_clinician, make_person, make_request, make_staff
from tests.journeys.faults import WCAG
from tests.journeys.staff_pages import Workspace
from treatments.models import Clinician

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fresh_sign_in_counters")]
WEEK = dt.timedelta(days=7)


@pytest.fixture
def clinician(site: str) -> Clinician:
    return make_clinician(name="Demo Clinician One")


def booked(clinician: Clinician, after: dt.timedelta, name: str) -> ConsultationRequest:
    request = make_request(person=make_person(full_name=name))
    return actions.book_time(request, clinician, free_time(after), by=everybody())


def test_a_freed_time_goes_to_who_wanted_to_come_earlier(visitor: Page, clinician: Clinician) -> None:
    gone, late = booked(clinician, WEEK, "Test Patient 31"), booked(clinician, 3 * WEEK, "Test Patient 32")
    freed = gone.visit.starts_at
    staff = Workspace(visitor)
    staff.sign_in(make_staff(Role.RECEPTION))
    visitor.goto(address_of(late))
    staff.step("Earlier time wanted")
    visitor.get_by_label("Yes, put them on the list").check()
    staff.press("Save")
    visitor.goto(address_of(gone))
    staff.step("Cancel visit")
    visitor.get_by_label("The clinic has to cancel").check()
    staff.press("Cancel the visit")
    staff.follow("See who could take this one")
    staff.sees("Earlier times")
    visitor.get_by_role("link", name=re.compile("Move visit.*Test P. 32")).click()
    staff.sees("Move the visit")
    staff.press("Move to this time")
    staff.told("Ask first")
    visitor.get_by_label("The patient knows it already, from the phone").check()
    staff.press("Move to this time")
    staff.told("Visit moved.")
    late.refresh_from_db()
    assert late.visit.starts_at == freed
    staff.follow("Calendar")
    staff.follow("Week")
    while not visitor.get_by_role("link", name=late.reference[:5]).count():
        staff.follow("The next week")
    visitor.get_by_role("link", name=late.reference[:5]).first.click()
    staff.sees("Test Patient 32")


def test_every_page_of_the_calendar_passes_at_every_width(
    page: Page, clinician: Clinician, check_page: Callable[[Page], None]
) -> None:
    first, later = booked(clinician, WEEK, "Test Patient 33"), booked(clinician, 2 * WEEK, "Test Patient 34")
    waiting = make_request()
    actions.wish_earlier(later, wanted=True, by=everybody())
    actions.start_review(waiting, by=everybody())
    actions.move_visit(first, clinician, first.visit.starts_at + dt.timedelta(hours=1), by=everybody())
    plan, start = Schedule.objects.create(clinician=clinician), later.visit.starts_at
    Absence.objects.create(schedule=plan, starts_at=start, ends_at=start + dt.timedelta(hours=4))
    Workspace(page).sign_in(make_staff(Role.RECEPTION, Role.NURSE))
    expect(page.get_by_role("heading", level=1)).to_have_text("What needs me now")
    day = f"day={start.date()}"
    calendar = "/admin/booking/visit/"
    for address in (
        f"{calendar}?{day}", f"{calendar}?view=week&{day}", f"{calendar}earlier/",
        f"{calendar}to-move/", f"{calendar}today/", f"{calendar}feed/{clinician.pk}/",
        f"{address_of(waiting, 'offer_times')}?week=2",
    ):  # fmt: skip
        page.goto(address)
        check_page(page)


def test_the_forms_of_hours_and_types_are_accessible(
    open_browser: Callable[..., Page], clinician: Clinician
) -> None:
    # Axe reads imported style sheets by adding a style element, which the policy rightly refuses.
    page = open_browser(bypass_csp=True)
    plan = Schedule.objects.create(clinician=clinician)
    Workspace(page).sign_in(make_staff(Role.RECEPTION))
    for address in (f"schedule/{plan.pk}/change/", "schedule/", "visittype/add/"):
        page.goto(f"/admin/booking/{address}")
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}, "preload": False})
            assert found.violations_count == 0, found.generate_report()
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
