"""Staff at work in a real browser, with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from booking.models import ConsultationRequest, ReadyText
from booking.rules.roles import Role
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.booking.admin.conftest import page as address_of
from tests.factories import begin_visit, make_answers, make_person, make_request, make_staff
from tests.journeys.faults import WCAG
from tests.journeys.staff_pages import QUEUE, Workspace
from treatments.models import Clinic

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fresh_sign_in_counters")]


@pytest.fixture
def request_(site: str) -> ConsultationRequest:
    return make_request(
        person=make_person(full_name="Test Patient 21"),
        answers=make_answers(safety=("HD-7",), in_own_words="Worse in the morning"),
    )


def test_from_new_to_seen(visitor: Page, request_: ConsultationRequest) -> None:
    staff = Workspace(visitor)
    staff.sign_in(make_staff(Role.NURSE, Role.RECEPTION))
    staff.sees("What needs me now")
    staff.open(request_)
    expect(visitor.get_by_text("“Worse in the morning”")).to_be_visible()
    staff.step("Start review")
    staff.told("Review started.")
    staff.step("Book a time")
    staff.sees("Book a time")
    visitor.get_by_role("link", name="Later week").click()
    visitor.get_by_role("radio").first.check()
    staff.press("Book this time")
    staff.told("Visit booked.")
    request_.refresh_from_db()
    begin_visit(request_)
    visitor.reload()
    staff.step("Mark seen")
    staff.sees("Did the patient come?")
    staff.press("Mark seen")
    staff.told("Marked seen")
    staff.follow("Full history")
    for words in ("Received from the website", "Review started", "Visit booked", "Marked seen"):
        expect(visitor.get_by_text(words, exact=False).first).to_be_visible()
    request_.refresh_from_db()
    assert request_.status == Status.SEEN


def test_a_call_taken_by_phone(visitor: Page, site: str) -> None:
    staff = Workspace(visitor)
    staff.sign_in(make_staff(Role.RECEPTION))
    staff.follow("New from a call")
    staff.follow("Back pain")
    visitor.get_by_label("None of these", exact=True).check()
    visitor.get_by_label("Full name").fill("Test Patient 22")
    visitor.get_by_label("Month").select_option(label="January")
    visitor.get_by_label("Day", exact=True).fill("7")
    visitor.get_by_label("Year").fill("1980")
    staff.choose("Have you been to our clinic before?", "No, first time")
    staff.press("Save the request")
    expect(visitor).to_have_title("Error: New from a call | Staff")
    visitor.get_by_label("Phone number").fill("(520) 555-0122")
    staff.choose("If you do not pick up, may we leave a message?", "Yes")
    staff.choose("Which language do you prefer?", "Spanish")
    staff.choose("Is an interpreter needed?", "No")
    staff.choose("How will you pay for a visit?", "Without insurance")
    staff.press("Save the request")
    staff.sees("Test Patient 22")
    made = ConsultationRequest.objects.get()
    assert (made.source, made.topic, made.language) == ("phone", "back-pain", "es")


def test_two_staff_one_request(open_browser: Callable[..., Page], request_: ConsultationRequest) -> None:
    first, second = Workspace(open_browser()), Workspace(open_browser())
    for staff in (first, second):
        staff.sign_in(make_staff(Role.NURSE, first_name="Nurse", last_name="Quick"))
        staff.open(request_)
    first.step("Start review")
    first.told("Review started.")
    second.step("Start review")
    second.told("Not possible while the request is “In review”")
    second.follow("Back to the request")
    second.sees("Test Patient 21")
    assert request_.events.filter(verb=Verb.START_REVIEW).count() == 1


def test_finding_a_person_leaves_no_name_in_the_address(visitor: Page, request_: ConsultationRequest) -> None:
    staff = Workspace(visitor)
    staff.sign_in(make_staff(Role.RECEPTION))
    staff.find("test patient 21")
    expect(staff.row(request_)).to_be_visible()
    expect(visitor).not_to_have_url(re.compile("patient", re.IGNORECASE))
    staff.find(request_.shown_reference)
    staff.sees("Test Patient 21")


def test_filters_signing_out_and_back(visitor: Page, request_: ConsultationRequest) -> None:
    staff = Workspace(visitor)
    staff.sign_in(make_staff(Role.NURSE))
    visitor.get_by_label("Condition").select_option(label="Back pain")
    staff.press("Apply")
    expect(visitor.get_by_text("No request fits these filters.")).to_be_visible()
    staff.follow("Show the whole queue")
    expect(staff.row(request_)).to_be_visible()
    staff.press("Sign out")
    staff.sees("Staff sign-in")
    visitor.goto(QUEUE)
    staff.sees("Staff sign-in")


def test_keys_are_an_extra(page: Page, request_: ConsultationRequest) -> None:
    other = make_request()
    staff = Workspace(page)
    staff.sign_in(make_staff(Role.NURSE))
    expect(staff.row(other)).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    staff.sees(other.person.full_name)
    page.wait_for_load_state()
    note = page.get_by_label("Note for colleagues")
    note.fill("Half a thought")
    for key in ("j", "a"):
        page.get_by_role("heading", level=1).click()
        page.keyboard.press(key)
        expect(note).to_be_focused()
    note.fill("")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Assign to me")).to_be_focused()
    other.refresh_from_db()
    assert other.assignee is None
    page.keyboard.press("Enter")
    staff.told("Assigned.")


def test_no_key_alone_changes_anything(page: Page, request_: ConsultationRequest) -> None:
    """Dictation software types what it hears: each character, anywhere, one after the other."""
    version, staff = request_.version, Workspace(page)
    staff.sign_in(make_staff(Role.NURSE))
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    for address in (QUEUE, address_of(request_)):
        for key in (*"abcdefghijklmnopqrstuvwxyz0123456789/?", *"ja"):
            page.goto(address)
            page.keyboard.press(key)
    page.wait_for_load_state("networkidle")
    request_.refresh_from_db()
    assert (request_.version, request_.assignee, sent) == (version, None, [])


def test_on_a_list_the_key_goes_to_the_button_and_leaves_no_check_behind(
    page: Page, request_: ConsultationRequest
) -> None:
    staff = Workspace(page)
    staff.sign_in(make_staff(Role.NURSE))
    box = page.get_by_label(f"Check {request_.shown_reference}")
    expect(box).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Assign to me")).to_be_focused()
    expect(box).to_be_checked()
    page.keyboard.press("Tab")
    expect(box).not_to_be_checked()
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    staff.sees("Assign 1 request to you?")


def test_single_keys_can_be_switched_off_from_where_they_are_listed(
    page: Page, request_: ConsultationRequest
) -> None:
    Workspace(page).sign_in(make_staff(Role.NURSE))
    page.get_by_role("button", name="Keys").click()
    page.get_by_role("dialog", name="Keys").get_by_role("link", name="Switch single keys off").click()
    page.get_by_role("button", name="Switch single keys off").click()
    expect(page.get_by_role("status")).to_contain_text("Single keys are off.")
    page.goto(QUEUE)
    expect(page.locator("kbd:visible")).to_have_count(0)
    for key in ("/", "j", "a", "?"):
        page.keyboard.press(key)
        expect(page.locator("body")).to_be_focused()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Keys").click()
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Single keys are off.")


def test_without_a_script_no_keys_are_promised(
    open_browser: Callable[..., Page], request_: ConsultationRequest
) -> None:
    page = open_browser(java_script_enabled=False)
    Workspace(page).sign_in(make_staff(Role.NURSE))
    expect(page.locator("kbd:visible")).to_have_count(0)
    expect(page.get_by_role("button", name="Keys")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_the_list_comes_first_and_the_acts_once_something_is_checked(
    script: bool, open_browser: Callable[..., Page], request_: ConsultationRequest
) -> None:
    page = open_browser(java_script_enabled=script)
    page.set_viewport_size({"width": 390, "height": 844})
    Workspace(page).sign_in(make_staff(Role.NURSE))
    act = page.get_by_role("button", name="Set priority")
    expect(act).to_be_hidden()
    page.get_by_label(f"Check {request_.shown_reference}").check()
    expect(act).to_be_in_viewport()
    act.click()
    Workspace(page).sees("Set the priority of 1 request?")


def test_every_request_of_a_page_is_checked_at_once(page: Page, request_: ConsultationRequest) -> None:
    make_request()
    Workspace(page).sign_in(make_staff(Role.NURSE))
    page.get_by_label("Check every request of this page").check()
    expect(page.get_by_text("With the checked requests: 2")).to_be_visible()
    page.get_by_role("button", name="Set priority").click()
    Workspace(page).sees("Set the priority of 2 requests?")


@pytest.mark.parametrize("width", [1280, 1440])
def test_a_long_flag_pushes_no_button_out_of_the_table(
    width: int, page: Page, request_: ConsultationRequest
) -> None:
    request_.call_back_at = timezone.now() - timedelta(days=1)
    request_.assignee = make_staff(Role.NURSE, first_name="Somebody", last_name="With-a-long-name")
    request_.save()
    page.set_viewport_size({"width": width, "height": 900})
    staff = Workspace(page)
    staff.sign_in(make_staff(Role.NURSE))
    button, card = staff.row(request_).locator("a, button").last, page.get_by_role("table").locator("..")
    expect(staff.row(request_)).to_contain_text("Call back since")
    inner, outer = button.bounding_box(), card.bounding_box()
    assert inner and outer
    assert inner["x"] + inner["width"] <= outer["x"] + outer["width"]


@pytest.mark.parametrize("width", [390, 1440])
def test_every_page_is_accessible(
    width: int, page: Page, request_: ConsultationRequest, check_page: Callable[[Page], None]
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/admin/account/sign-in/")
    check_page(page)
    Workspace(page).press("Sign in")
    check_page(page)
    Workspace(page).sign_in(make_staff(*list(Role)[:5], is_superuser=True))
    ReadyText.objects.create(title="When can we call?", english="When can we call you?")
    verbs = (Verb.ASSIGN, Verb.SET_PRIORITY, Verb.LOG_CONTACT, Verb.AMEND_DETAILS, Verb.BOOK_TIME, Verb.CLOSE)
    pages = [address_of(request_, name) for name in ("change", "history", Verb.ANSWER, *verbs)]
    call = [f"{QUEUE}take-call/", f"{QUEUE}take-call/?topic=migraine"]
    twin = make_request(person=request_.person)
    merge = f"{address_of(request_, Verb.MERGE)}?into={twin.pk}"
    for address in (QUEUE, f"{QUEUE}?age=1", *pages, *call, merge):
        page.goto(address)
        check_page(page)
    page.goto(QUEUE)
    page.get_by_label(f"Check {twin.shown_reference}").check()
    page.get_by_role("button", name="Set priority").click()
    page.get_by_role("heading", name="Set the priority of 1 request?").wait_for()
    check_page(page)


@pytest.mark.parametrize(
    "address",
    ["/admin/treatments/", "/admin/treatments/page/", "/admin/treatments/clinic/1/change/",
     "/admin/auth/user/", "/admin/password_change/"],
)  # fmt: skip
def test_the_stock_pages_are_accessible(address: str, open_browser: Callable[..., Page], site: str) -> None:
    # Axe reads imported style sheets by adding a style element, which the policy rightly refuses.
    page = open_browser(bypass_csp=True)
    Workspace(page).sign_in(make_staff(Role.MANAGER, is_superuser=True))
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        options = {"runOnly": {"type": "tag", "values": WCAG}, "preload": False}
        found = Axe().run(page, options=options)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_form_that_somebody_overtook_says_what_changed_and_leads_to_the_form_as_it_is(
    open_browser: Callable[..., Page], site: str
) -> None:
    page = open_browser(bypass_csp=True)
    Workspace(page).sign_in(make_staff(Role.MANAGER, is_superuser=True))
    page.goto("/admin/treatments/clinic/1/change/")
    page.locator("#id_street").fill("1 Mine Street")
    Clinic.objects.update(city="Elsewhere")
    page.locator("[name=_save]").first.click()
    page.get_by_role("heading", name="Changed since you opened this form").wait_for()
    expect(page.locator("#id_street")).to_have_value("1 Mine Street")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}, "preload": False})
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
