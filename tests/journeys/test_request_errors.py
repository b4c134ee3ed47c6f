"""Every validation error on every step, as a person meets it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.pages import NONE_OF_THESE, RequestJourney

SYMPTOMS = [
    "Select a number for your pain on average",
    "Select a number for your enjoyment of life",
    "Select a number for your general activity",
    "Select where it hurts",
    "Enter how many days a month you have a headache",
    "Enter on how many days a month it is like a migraine",
    "Select how long a headache lasts",
    "Enter how many days a month you take pain medicine",
    "Select how long it has been like this",
]
HISTORY = [
    "Select what you have tried, or “I have not tried any of these”",
    "Select which pictures were taken, or “No, none of these”",
    "Select what applies to you, or “No, none of these apply to me”",
    "Select when your last shot was",
    "Select whether you have a referral",
]
YOU = [
    "Enter your full name",
    "Enter your birth date",
    "Select whether you have been to our clinic before",
    "Enter a phone number, or an email address",
    "Select how we should contact you first",
    "Select the language you prefer",
    "Select whether an interpreter is needed",
    "Select how you will pay",
]
CONSENT = [
    "Check the box to agree that we may use your answers",
    "Check the box to show you know this form is not for emergencies",
]


def expect_problems(page: Page, problems: list[str]) -> None:
    """The summary lists them, has the focus, and each link leads to its input; the title says so."""
    summary = page.locator("[tabindex='-1'][autofocus]")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("heading")).to_have_text("There is a problem")
    expect(summary.get_by_role("link")).to_have_text(problems)
    expect(page).to_have_title(re.compile("^Error: "))
    for link in summary.get_by_role("link").all():
        target = link.get_attribute("href") or ""
        expect(page.locator(target)).to_have_count(1)
        expect(page.locator(f"{target}[aria-invalid=true]")).to_have_count(1)
    link = summary.get_by_role("link").first
    target = link.get_attribute("href") or ""
    link.click()
    expect(page.locator(target)).to_be_focused()


def test_every_step_left_empty_says_what_is_missing(
    visitor: Page, check_page: Callable[[Page], None], request: pytest.FixtureRequest
) -> None:
    with_script = "no-script" not in request.node.name
    journey = RequestJourney(visitor)
    journey.open()
    journey.start()
    steps = [
        (["Select what you would like help with", "Select who this request is for"], journey.reason),
        (["Select the signs you have, or “No, I do not have any of these”"], journey.safety),
        (SYMPTOMS, journey.symptoms),
        (HISTORY, journey.history),
        (YOU, journey.you),
    ]
    for problems, answer in steps:
        journey.go_on()
        expect_problems(visitor, problems)
        if with_script:
            check_page(visitor)
        answer()
    visitor.get_by_role("button", name="Send request").click()
    expect_problems(visitor, CONSENT)
    journey.send()
    journey.sees("We have your request")


def test_what_was_typed_wrong_stays_and_is_named(visitor: Page) -> None:
    journey = RequestJourney(visitor)
    journey.open()
    journey.start()
    journey.reason()
    visitor.get_by_label("Fever with very bad pain").check()
    journey.safety()
    expect_problems(visitor, ["Select the signs you have, or “No, I do not have any of these”, but not both"])
    visitor.get_by_label("Fever with very bad pain").uncheck()
    journey.safety()
    days = visitor.get_by_label("How many days a month do you have a headache?")
    journey.symptoms()
    journey.sees("Treatments and your health")
    visitor.go_back()
    days.fill("45")
    journey.go_on()
    expect_problems(visitor, ["Headache days a month must be 31 or fewer"])
    expect(days).to_have_value("45")
    days.fill("eight")
    journey.go_on()
    expect_problems(visitor, ["Headache days a month must be a whole number, such as 8"])


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"Day": "31", "Month": "April"}, "Birth date must be a real date"),
        ({"Year": "2999"}, "Birth date must be in the past"),
        ({"Year": "1899"}, "Year of birth must be 1900 or later"),
        ({"Year": "80"}, "Year must have 4 digits, such as 1980"),
        ({"Day": ""}, "Birth date must include a day"),
        ({"Phone number": "12"}, "Enter a phone number with area code, such as (480) 555-0100"),
        ({"Phone number": ""}, "Enter your phone number, or choose email"),
        ({"Email address": "name@example"}, "Enter an email address in the form name@example.com"),
    ],
)
def test_each_mistake_about_the_person_is_named(page: Page, changes: dict[str, str], problem: str) -> None:
    journey = RequestJourney(page)
    journey.open()
    journey.start()
    for answer in (journey.reason, journey.safety, journey.symptoms, journey.history):
        answer()
    journey.person.update(changes)
    journey.you()
    expect_problems(page, [problem])
    expect(page.get_by_label("Full name")).to_have_value("Test Patient 07")


def test_none_of_these_is_the_last_answer(page: Page) -> None:
    journey = RequestJourney(page)
    journey.open()
    journey.start()
    journey.reason()
    boxes = page.get_by_role("checkbox")
    expect(boxes.last).to_have_accessible_name(NONE_OF_THESE)
