"""The pages of the manager in a real browser: figures, exports, the audit list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from booking.models import AccessLog
from booking.models.access import Look
from booking.rules.roles import Role
from tests.factories import make_request, make_staff
from tests.journeys.staff_pages import Workspace

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fresh_sign_in_counters")]


def test_a_manager_reads_the_figures_exports_and_finds_it_in_the_record(visitor: Page, site: str) -> None:
    made, staff = make_request(), Workspace(visitor)
    staff.sign_in(make_staff(Role.MANAGER))
    staff.follow("Dashboard")
    staff.sees("Dashboard")
    visitor.get_by_role("link", name="4 weeks").click()
    expect(visitor.get_by_role("img", name="Requests per week")).to_be_visible()
    staff.follow("Exports")
    visitor.get_by_label("Names and contact details").check()
    staff.press("Continue")
    staff.sees("Export 1 request?")
    with visitor.expect_download() as download:
        staff.press("Record and download")
    assert made.person.full_name in download.value.path().read_text()
    staff.follow("Audit")
    expect(visitor.get_by_text("Exported 1 request as CSV")).to_be_visible()
    assert AccessLog.objects.get(look=Look.EXPORTED).request == made


def test_the_pages_are_accessible(page: Page, site: str, check_page: Callable[[Page], None]) -> None:
    make_request()
    staff = Workspace(page)
    staff.sign_in(make_staff(Role.MANAGER))
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for address in ("/admin/help/", "/admin/dashboard/", "/admin/audit/", "/admin/exports/"):
            page.goto(address)
            check_page(page)
        staff.press("Continue")
        check_page(page)
