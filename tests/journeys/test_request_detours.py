"""Off the straight way: call 911, see a doctor today, under 18, two tabs, Back, refresh, the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from booking.models import ConsultationRequest, DailyCount, Draft
from tests.journeys.pages import RequestJourney

WORST = "The worst headache of your life"


def begin(page: Page, topic: str = "Migraine") -> RequestJourney:
    journey = RequestJourney(page)
    journey.open()
    journey.start()
    journey.reason(topic)
    return journey


def test_a_911_answer_stops_and_checked_by_mistake_leads_back(visitor: Page) -> None:
    journey = begin(visitor)
    journey.safety(WORST)
    journey.sees("Call 911 now")
    expect(visitor.get_by_role("link", name="Call 911")).to_have_attribute("href", "tel:911")
    expect(visitor.get_by_text("You checked:").locator("..")).to_contain_text(WORST)
    assert not Draft.objects.exists()
    assert DailyCount.objects.get(kind="emergency").code == "HD-1"
    assert visitor.context.cookies() == [c for c in visitor.context.cookies() if c["name"] != "draft"]
    visitor.reload()
    journey.sees("Call 911 now")
    assert DailyCount.objects.get(kind="emergency").count == 1
    visitor.get_by_role("button", name="Back to the safety check").click()
    journey.sees("Do you have any of these now, or in the last few days?")
    expect(visitor.get_by_role("checkbox")).not_to_have_count(0)
    expect(visitor.get_by_role("checkbox", checked=True)).to_have_count(0)
    journey.safety()
    journey.sees("Your pain in the past week")


def test_the_stop_page_passes_the_accessibility_rules(page: Page, check_page: Callable[[Page], None]) -> None:
    journey = begin(page)
    journey.safety(WORST)
    check_page(page)
    page.goto("/consultation/safety/")
    journey.sees("We no longer have your answers")
    check_page(page)
    page.goto("/consultation/clear/")
    check_page(page)


def test_a_same_day_answer_gets_advice_and_may_go_on(page: Page, check_page: Callable[[Page], None]) -> None:
    journey = begin(page)
    journey.safety("A blow to the head in recent weeks, and headaches since")
    journey.sees("A doctor should check this today")
    check_page(page)
    page.get_by_role("button", name="I will have it checked today. Keep my request").click()
    journey.sees("Your pain in the past week")
    page.go_back()
    page.get_by_role("button", name="A doctor has checked this, go on").click()
    journey.sees("Your pain in the past week")


def test_under_18_needs_a_parent_and_a_slip_is_mended(visitor: Page) -> None:
    journey = begin(visitor)
    for answer in (journey.safety, journey.symptoms, journey.history):
        answer()
    journey.person["Year"] = "2015"
    journey.you()
    journey.sees("A parent or guardian asks")
    visitor.get_by_role("link", name="Change the birth date").click()
    expect(visitor.get_by_label("Full name")).to_have_value("Test Patient 07")
    expect(visitor.get_by_label("Year")).to_have_value("")
    assert not ConsultationRequest.objects.exists()


def test_two_tabs_send_nothing_that_was_not_shown(visitor: Page) -> None:
    first = RequestJourney(visitor)
    first.to_check()
    other = visitor.context.new_page()
    second = RequestJourney(other)
    second.open("/consultation/check/")
    other.get_by_role("link", name="Change Pain on average").click()
    second.pick("your pain on average", "2")
    second.go_on()
    second.sees("Check your answers")
    first.send()
    note = visitor.get_by_role("heading", name="Your answers changed in another tab")
    expect(note).to_be_visible()
    expect(visitor.get_by_text("2 of 10")).to_be_visible()
    assert not ConsultationRequest.objects.exists()
    first.send()
    first.sees("We have your request")
    second.send()
    second.sees("We have your request")
    assert first.reference == second.reference
    assert ConsultationRequest.objects.get().answers.pain == 2


def test_back_and_refresh_lose_nothing_and_send_nothing_twice(visitor: Page) -> None:
    journey = RequestJourney(visitor)
    journey.to_check()
    visitor.go_back()
    expect(visitor.get_by_label("Full name")).to_have_value("Test Patient 07")
    visitor.reload()
    expect(visitor.get_by_label("Full name")).to_have_value("Test Patient 07")
    visitor.go_forward()
    journey.send()
    journey.sees("We have your request")
    reference = journey.reference
    visitor.reload()
    assert journey.reference == reference
    visitor.go_back()
    journey.sees("We have your request")
    assert ConsultationRequest.objects.count() == 1


def test_a_change_goes_to_the_questions_that_it_opens_and_back(visitor: Page) -> None:
    journey = RequestJourney(visitor)
    journey.to_check()
    visitor.get_by_role("link", name="Change About").click()
    journey.reason("Back pain")
    journey.sees("Do you have any of these now, or in the last few days?")
    journey.safety()
    journey.sees("Your pain in the past week")
    expect(
        visitor.get_by_role("group", name="your pain on average").get_by_label("7", exact=True)
    ).to_be_checked()
    journey.symptoms("Back pain")
    journey.sees("Check your answers")
    expect(visitor.get_by_text("Headache days a month")).to_have_count(0)


def test_the_answers_can_be_cleared_on_every_step(visitor: Page) -> None:
    begin(visitor)
    visitor.get_by_role("link", name="Clear my answers").click()
    visitor.get_by_role("button", name="Clear my answers").click()
    RequestJourney(visitor).sees("Nothing is kept here")
    assert not Draft.objects.exists()


def test_nothing_about_the_person_is_left_in_the_browser(page: Page) -> None:
    journey = RequestJourney(page)
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    journey.to_sent()
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    assert cookies.keys() <= {"draft", "csrf"}
    kept = page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])")
    everything = " ".join([*addresses, *cookies.values(), kept])
    for secret in ("Patient", "5550107", "test.patient07", "1980", "igraine", "insured"):
        assert secret not in everything
