"""Every public page and every step of a request at five widths: axe, and no sideways scroll.

Too slow for each run of the suite, so its name keeps pytest from collecting it: `make audit` names it.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests import addresses
from tests.journeys.faults import faults
from tests.journeys.pages import RequestJourney

WIDTHS = [320, 375, 768, 1280, 1920]


@pytest.fixture(params=WIDTHS)
def narrow(request: pytest.FixtureRequest, page: Page) -> Page:
    """A page at one of the widths."""
    page.set_viewport_size({"width": request.param, "height": 900})
    return page


def test_public_pages(narrow: Page) -> None:
    found: list[str] = []
    for address in [*addresses.everywhere(), reverse("account_login")]:
        narrow.goto(address)
        found += faults(narrow)
    assert found == []


def test_request(narrow: Page) -> None:
    journey, found = RequestJourney(narrow), list[str]()
    journey.open()
    steps: list[Callable[[], object]] = [
        journey.start,
        journey.reason,
        journey.safety,
        journey.symptoms,
        journey.history,
        journey.you,
        journey.send,
    ]
    for answer in steps:
        answer()
        found += faults(narrow)
    assert found == []


def test_error_messages_of_the_first_step(narrow: Page) -> None:
    journey = RequestJourney(narrow)
    journey.open()
    journey.start()
    journey.go_on()
    assert faults(narrow) == []
