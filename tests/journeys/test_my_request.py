"""From a sent request to an agreed visit and its end, alone with the link of the mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.utils.translation import gettext, override
from icalendar import Calendar
from playwright.sync_api import Page, expect

from booking import actions
from booking.delivery.outbox import deliver_due
from booking.models import ConsultationRequest, EarlierWish
from booking.rules.statuses import Status
from tests.factories import everybody, make_link, make_person, make_request, offered_times
from tests.journeys.pages import go

pytestmark = pytest.mark.django_db(transaction=True)
LINK = re.compile(r"https?://\S+/my-request/[\w-]{43}/")


class MyRequest:
    """A patient behind the private link, finding everything by its words in one language."""

    def __init__(self, page: Page, language: str = "en") -> None:
        self.page, self.language = page, language
        self.base = "/my-request/" if language == "en" else f"/{language}/my-request/"

    def say(self, words: str) -> str:
        with override(self.language):
            return gettext(words)

    def unlock(self, path: str) -> None:
        """Follow a link and enter the birth date of make_person."""
        self.page.goto(path)
        self.sees("Open my request")
        self.page.get_by_label(self.say("Month")).select_option("1")
        self.page.get_by_label(self.say("Day"), exact=True).fill("7")
        self.page.get_by_label(self.say("Year"), exact=True).fill("1980")
        self.press("Open my request")
        self.sees("My request")
        expect(self.page).to_have_url(re.compile(f"^https?://[^/]+{self.base}$"))

    def open(self, request: ConsultationRequest) -> None:
        """Unlock a request without a mail."""
        _link, token = make_link(request)
        self.unlock(f"{self.base}{token}/")

    def sees(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.say(heading))

    def reads(self, words: str) -> None:
        expect(self.page.get_by_text(self.say(words)).first).to_be_visible()

    def press(self, name: str) -> None:
        go(self.page.get_by_role("button", name=self.say(name), exact=True))

    def follow(self, name: str) -> None:
        go(self.page.get_by_role("link", name=self.say(name), exact=True))


def small_screen(open_browser: Callable[..., Page]) -> Page:
    """Return a page of a small phone without JavaScript."""
    page = open_browser(java_script_enabled=False)
    page.set_viewport_size({"width": 320, "height": 700})
    return page


def newest_link(email: str) -> str:
    """Send what is due, and return the path of the link in the newest mail to an address."""
    deliver_due()
    letters = [letter for letter in mail.outbox if letter.to == [email]]
    found = LINK.search(str(letters[-1].body))
    assert found, letters[-1].body
    return urlsplit(found[0]).path


def test_questions_a_file_for_the_calendar_and_taking_it_back(
    open_browser: Callable[..., Page], tmp_path: Path
) -> None:
    page = small_screen(open_browser)
    request = make_request(person=make_person(language="es"))
    patient = MyRequest(page, "es")
    patient.unlock(newest_link(request.person.email))
    patient.reads("We have your request")

    request = actions.start_review(request, by=everybody())
    request = actions.ask_patient(request, "Which days suit you? ¿Qué días?", by=everybody())
    page.reload()
    patient.reads("We have a question for you")
    page.get_by_label(patient.say("Your message")).fill("Mondays,\nbefore noon.")
    patient.press("Send message")
    patient.reads("We have your message.")

    request.refresh_from_db()
    actions.offer_times(request, offered_times(), by=everybody())
    path = newest_link(request.person.email)
    page.context.clear_cookies()
    patient.unlock(path)
    page.get_by_role("radio").nth(1).check()
    patient.press("Continue")
    patient.sees("Book this time?")
    patient.press("Book this time")
    patient.reads("Your visit is booked.")
    request.refresh_from_db()
    assert request.status == Status.SCHEDULED

    with page.expect_download() as download:
        patient.follow("Add to my calendar")
    file = tmp_path / "visit.ics"
    download.value.save_as(file)
    (event,) = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert event.decoded("dtstart") == request.visit.starts_at

    patient.follow("Cancel my visit")
    patient.sees("Cancel this visit?")
    patient.press("Cancel my visit")
    patient.reads("Your visit is cancelled.")
    patient.follow("Take back my request")
    patient.press("Take back my request")
    patient.reads("You took back your request")
    patient.press("Lock this page")
    patient.sees("My request")
    patient.reads("This page is locked")


def test_an_earlier_time_is_asked_for_and_the_wish_taken_back(open_browser: Callable[..., Page]) -> None:
    page = small_screen(open_browser)
    request = make_request(Status.SCHEDULED)
    patient = MyRequest(page, "es")
    patient.open(request)
    patient.follow("Ask for an earlier time")
    patient.sees("Ask for an earlier time")
    page.get_by_label(patient.say("3 days before"), exact=True).check()
    page.get_by_label(patient.say("Tuesday morning"), exact=True).check()
    patient.press("Put me on the list")
    patient.reads("You are on the list for an earlier time.")
    patient.reads("Your visit stays yours until you say yes to a new time.")
    assert EarlierWish.objects.get().ahead == "days"
    patient.press("Stop asking for an earlier time")
    patient.reads("We stopped looking for an earlier time. Your visit stays as it is.")
    assert not EarlierWish.objects.exists()
    request.refresh_from_db()
    assert request.visit is not None


def test_an_unsent_message_goes_along_to_the_other_language(visitor: Page) -> None:
    request = make_request(Status.IN_REVIEW)
    patient = MyRequest(visitor)
    patient.open(request)
    visitor.get_by_label("Your message").fill("Half a thought,\n“and” more.")
    visitor.get_by_role("button", name="Español").click()
    patient = MyRequest(visitor, "es")
    patient.sees("My request")
    written = visitor.get_by_label(patient.say("Your message"))
    expect(written).to_have_value("Half a thought,\n“and” more.")
    assert not request.letters.exists()
    patient.press("Send message")
    patient.reads("We have your message.")
    assert request.letters.get().text == "Half a thought,\n“and” more."


STATES = [status for status in Status if status != Status.TIMES_OFFERED]


def test_every_page_behind_the_link_passes_the_accessibility_rules(
    page: Page, check_page: Callable[[Page], None]
) -> None:
    patient = MyRequest(page)
    for path in (
        "/my-request/",
        f"/my-request/{'x' * 43}/",
        "/my-request/new-link/",
        "/my-request/new-link/asked/",
    ):
        page.goto(path)
        check_page(page)
    offered = make_request(Status.TIMES_OFFERED)
    _link, token = make_link(offered)
    page.goto(f"/my-request/{token}/")
    check_page(page)
    patient.press("Open my request")
    expect(page.get_by_role("alert")).to_contain_text("Enter your birth date")
    check_page(page)
    patient.open(offered)
    check_page(page)
    patient.press("Continue")
    check_page(page)
    for act in ("none-suit", "write", "contact", "withdraw"):
        page.goto(f"/my-request/{act}/")
        check_page(page)
    page.get_by_role("link", name="Keep my request").click()
    page.get_by_role("radio").first.check()
    patient.press("Continue")
    check_page(page)


@pytest.mark.parametrize("status", STATES)
def test_every_state_passes_the_accessibility_rules(
    page: Page, check_page: Callable[[Page], None], status: Status
) -> None:
    patient = MyRequest(page)
    patient.open(make_request(status))
    check_page(page)
    if status == Status.SCHEDULED:
        for act in ("move", "cancel", "earlier"):
            page.goto(f"/my-request/{act}/")
            check_page(page)
        patient.press("Put me on the list")
        expect(page.get_by_role("alert")).to_contain_text("Select when we must tell you, at the latest")
        check_page(page)
        page.get_by_label("1 day before").check()
        patient.press("Put me on the list")
        patient.reads("You are on the list for an earlier time.")
        check_page(page)
        page.goto("/my-request/not-earlier/")
        check_page(page)


def test_the_keyboard_alone_asks_for_an_earlier_time(page: Page) -> None:
    patient = MyRequest(page)
    patient.open(make_request(Status.SCHEDULED))
    page.get_by_role("link", name="Ask for an earlier time").focus()
    page.keyboard.press("Enter")
    page.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    patient.reads("You are on the list for an earlier time.")
    page.get_by_role("button", name="Stop asking for an earlier time").focus()
    page.keyboard.press("Enter")
    patient.reads("We stopped looking for an earlier time.")


def test_the_keyboard_alone_chooses_a_time(page: Page) -> None:
    patient = MyRequest(page)
    request = make_request(Status.TIMES_OFFERED)
    patient.open(request)
    page.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    patient.sees("Book this time?")
    page.get_by_role("button", name="Book this time").focus()
    page.keyboard.press("Enter")
    patient.reads("Your visit is booked.")
    request.refresh_from_db()
    assert request.visit is not None
