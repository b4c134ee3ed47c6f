"""From a condition page to a sent request, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from booking.models import ConsultationRequest
from booking.rules import reference
from tests.journeys.pages import ABOUT, RequestJourney


def test_a_patient_goes_from_a_condition_page_to_a_sent_request(visitor: Page) -> None:
    journey = RequestJourney(visitor)
    journey.open("/conditions/migraine/")
    visitor.get_by_role("main").get_by_role("link", name="Request a consultation").first.click()
    journey.sees("Ask for a consultation")
    journey.start()
    expect(visitor.get_by_label("Migraine", exact=True)).to_be_checked()
    journey.who_for()
    journey.safety()
    journey.symptoms()
    journey.history()
    journey.you()
    journey.sees("Check your answers")
    journey.send()
    journey.sees("We have your request")
    request = ConsultationRequest.objects.get()
    assert request.reference == reference.parse(journey.reference)
    assert request.person.full_name == "Test Patient 07"
    assert request.answers.peg == 7.0


def test_the_answers_can_be_printed_and_hidden(visitor: Page, request: pytest.FixtureRequest) -> None:
    journey = RequestJourney(visitor)
    journey.to_sent()
    visitor.get_by_role("link", name="print").or_(visitor.get_by_role("link", name="Print")).first.click()
    journey.sees("Your request, to keep")
    expect(visitor.get_by_text("Test Patient 07")).to_be_visible()
    scripted = request.node.callspec.params["visitor"] == "script"
    expect(visitor.get_by_role("button", name="Print my answers")).to_have_count(1 if scripted else 0)
    visitor.get_by_role("link", name="Hide it now").click()
    visitor.get_by_role("button", name="Hide the confirmation page too").click()
    visitor.goto("/consultation/record/")
    expect(visitor.get_by_text("Test Patient 07")).to_have_count(0)


@pytest.mark.parametrize("topic", [topic for topic in ABOUT if topic != "Migraine"])
def test_each_topic_asks_its_own_questions(page: Page, topic: str) -> None:
    RequestJourney(page).to_check(topic=topic)
    for answer in ABOUT[topic].values():
        expect(page.get_by_text(answer).first).to_be_visible()


def test_a_guardian_asks_for_somebody_under_18(visitor: Page) -> None:
    journey = RequestJourney(visitor)
    journey.open()
    journey.start()
    for answer in (journey.reason, journey.safety, journey.symptoms, journey.history):
        answer()
    journey.person["Year"] = "2015"
    journey.you()
    journey.sees("A parent or guardian asks")
    visitor.get_by_role("button", name="I am the parent or guardian, go on").click()
    expect(visitor.get_by_label("Full name of the patient")).to_have_value("Test Patient 07")
    for label, value in (("Your own name", "Test Parent"), ("Day", "7"), ("Year", "2015")):
        visitor.get_by_label(label, exact=True).fill(value)
    visitor.get_by_label("Month").select_option(label="January")
    journey.pick("How are you related to the patient?", "I am their parent")
    visitor.get_by_label("I decide about the care of the patient").check()
    journey.go_on()
    journey.sees("Check your answers")
    journey.send()
    journey.sees("We have your request")
    person = ConsultationRequest.objects.get().person
    assert (person.who_for, person.asker_name, person.birth_date) == ("minor", "Test Parent", "2015-01-07")


def test_a_slip_in_the_email_is_taken_with_one_click(visitor: Page) -> None:
    journey = RequestJourney(visitor)
    journey.person["Email address"] = "test.patient07@gmial.com"
    journey.to_check()
    visitor.get_by_role("button", name="test.patient07@gmail.com").click()
    journey.sees("Check your answers")
    expect(visitor.get_by_text("Did you mean")).to_have_count(0)
    expect(visitor.get_by_text("test.patient07@gmail.com")).to_be_visible()


def test_the_language_to_interpret_is_asked_when_one_is_needed(visitor: Page) -> None:
    journey = RequestJourney(visitor)
    journey.open()
    journey.start()
    for answer in (journey.reason, journey.safety, journey.symptoms, journey.history):
        answer()
    language = visitor.get_by_label("Language to interpret")
    expect(language).to_be_hidden()
    journey.pick("Is an interpreter needed?", "Yes")
    language.fill("Navajo")


def test_every_page_of_the_way_passes_the_accessibility_rules(
    page: Page, check_page: Callable[[Page], None]
) -> None:
    journey = RequestJourney(page)
    journey.open()
    check_page(page)
    for answer in (journey.start, journey.reason, journey.safety, journey.symptoms, journey.history):
        answer()
        check_page(page)
    journey.you()
    check_page(page)
    journey.send()
    journey.sees("We have your request")
    check_page(page)
    journey.open("/consultation/record/")
    check_page(page)
    journey.open("/consultation/under-18/")
    check_page(page)


def test_the_questions_to_somebody_who_asks_for_another_pass_the_accessibility_rules(
    page: Page, check_page: Callable[[Page], None]
) -> None:
    journey = RequestJourney(page)
    journey.open()
    journey.start()
    journey.reason(who_for="Another adult")
    for answer in (journey.safety, journey.symptoms, journey.history):
        check_page(page)
        answer()
    journey.person["Email address"] = "test.patient07@gmial.com"
    journey.person["Full name of the patient"] = journey.person.pop("Full name")
    page.get_by_role("group", name="Is an interpreter needed?").get_by_label("Yes").check()
    check_page(page)
    journey.go_on()
    check_page(page)
