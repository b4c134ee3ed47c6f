"""Each section: every error in its words, and what is needed when."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from booking.forms.history import HistoryForm
from booking.forms.person import PersonForm
from booking.forms.reason import ReasonForm
from booking.forms.safety import SafetyForm
from booking.forms.section import SectionForm
from booking.forms.symptoms import SymptomsForm
from booking.intake.forms import CheckForm
from booking.rules.safety import QUESTIONS, questions_for
from tests.booking.intake.conftest import HISTORY, REASON, SYMPTOMS, YOU


def typed(values: dict[str, Any]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def messages(form: SectionForm) -> list[str]:
    return [problem.message for problem in form.problems]


EMPTY = [
    (ReasonForm, ["Select what you would like help with"]),
    (SafetyForm, ["Select the signs you have, or “No, I do not have any of these”"]),
    (
        SymptomsForm,
        [
            "Select a number for your pain on average",
            "Select a number for your enjoyment of life",
            "Select a number for your general activity",
            "Enter how many days a month you have a headache",
            "Select how long a headache lasts",
            "Enter how many days a month you take pain medicine",
            "Select how long it has been like this",
        ],
    ),
    (
        HistoryForm,
        [
            "Select what you have tried, or “I have not tried any of these”",
            "Select what applies to you, or “No, none of these apply to me”",
            "Select when your last shot was",
        ],
    ),
    (
        PersonForm,
        [
            "Enter your full name",
            "Enter your birth date",
            "Select whether you have been to our clinic before",
            "Enter a phone number, or an email address",
            "Select how we should contact you first",
            "Select the language you prefer",
            "Select whether you need an interpreter",
            "Select how you will pay",
        ],
    ),
    (
        CheckForm,
        [
            "Check the box to agree that we may use your answers",
            "Check the box to show you know this form is not for emergencies",
        ],
    ),
]


@pytest.mark.parametrize(("section", "expected"), EMPTY, ids=lambda value: getattr(value, "__name__", ""))
def test_an_empty_section_names_everything_that_is_missing(
    section: type[SectionForm], expected: list[str]
) -> None:
    assert messages(section(typed({}))) == expected


def test_no_error_begs_or_blames() -> None:
    words = " ".join(message for _section, found in EMPTY for message in found).lower().split()
    assert not {"please", "sorry", "invalid", "valid"} & set(words)


@pytest.mark.parametrize(
    ("section", "good", "field", "limit"),
    [
        (ReasonForm, REASON, "reason", 1000),
        (SymptomsForm, SYMPTOMS, "in_own_words", 2000),
        (HistoryForm, HISTORY, "tried_other", 2000),
        (HistoryForm, HISTORY, "allergies", 1000),
        (PersonForm, YOU, "full_name", 200),
        (PersonForm, YOU, "access_needs", 1000),
    ],
)
def test_every_text_is_bounded(
    section: type[SectionForm], good: dict[str, Any], field: str, limit: int
) -> None:
    assert section(typed({**good, field: "x" * limit})).is_valid()
    too_long = section(typed({**good, field: "x" * (limit + 1)}))
    assert f"{limit} characters or fewer" in messages(too_long)[0]


def test_the_safety_check_asks_the_questions_of_its_topic() -> None:
    codes = [code for code, _words in SafetyForm(topic="tmj").fields["checked"].choices]
    assert codes == [*(question.code for question in questions_for("tmj")), "none"]
    assert len(SafetyForm().questions) == len(QUESTIONS)


def test_a_sign_and_none_of_these_is_an_error() -> None:
    form = SafetyForm(typed({"checked": ["ALL-5", "none"]}), topic="tmj")
    assert "but not both" in messages(form)[0]


def test_a_sign_of_another_topic_is_refused() -> None:
    assert not SafetyForm(typed({"checked": ["BK-1"]}), topic="migraine").is_valid()


def test_headache_days_are_asked_for_headaches_alone() -> None:
    asked = {"headache_days", "headache_hours", "medicine_days"}
    assert asked <= SymptomsForm(topic="migraine").fields.keys()
    assert not asked & SymptomsForm(topic="back-pain").fields.keys()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"email": ""}, []),
        ({"phone": "", "leave_message": "", "channel": "email"}, []),
        ({"phone": "", "email": ""}, ["Enter a phone number, or an email address"]),
        ({"email": "", "channel": "email"}, ["Enter your email address, or choose a phone call"]),
        ({"phone": "", "channel": "phone"}, ["Enter your phone number, or choose email"]),
        ({"leave_message": ""}, ["Select whether we may leave a message"]),
        ({"phone": "12"}, ["Enter a phone number with area code, such as (480) 555-0100"]),
        ({"email": "a@b"}, ["Enter an email address in the form name@example.com"]),
        ({"email": "a@b", "channel": "email"}, ["Enter an email address in the form name@example.com"]),
    ],
)
def test_there_must_be_one_way_to_reach_the_person(changes: dict[str, str], expected: list[str]) -> None:
    assert messages(PersonForm(typed({**YOU, **changes}))) == expected


def test_values_can_be_kept_as_json() -> None:
    form = PersonForm(typed({**YOU, "days": ["mon", "fri"]}))
    assert form.is_valid()
    assert form.values()["birth_date"] == "1980-01-07"
    assert form.values()["days"] == ["mon", "fri"]
    assert form.is_answered_by(form.values())


def test_each_problem_leads_to_an_input_that_is_there() -> None:
    for section, _expected in EMPTY:
        form = section(typed({}))
        html = "".join(str(bound) for bound in form)
        for problem in form.problems:
            assert f'id="{problem.anchor}"' in html, problem
