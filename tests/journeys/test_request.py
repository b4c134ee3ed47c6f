"""From a condition page to a sent request, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from booking.models import ConsultationRequest
from booking.rules import reference
from tests.journeys.pages import RequestJourney


def test_a_patient_goes_from_a_condition_page_to_a_sent_request(visitor: Page) -> None:
    journey = RequestJourney(visitor)
    journey.open("/conditions/migraine/")
    visitor.get_by_role("main").get_by_role("link", name="Request a consultation").first.click()
    journey.sees("Ask for a consultation")
    journey.start()
    assert visitor.get_by_label("Migraine", exact=True).is_checked()
    journey.go_on()
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


def test_the_print_button_is_there_only_where_it_works(visitor: Page, request: pytest.FixtureRequest) -> None:
    RequestJourney(visitor).to_sent()
    scripted = request.node.callspec.params["visitor"] == "script"
    expect(visitor.get_by_role("button", name="Print this page")).to_have_count(1 if scripted else 0)


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
