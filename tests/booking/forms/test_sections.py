"""Each section: every error in its words, and what is needed when."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import QueryDict

from booking.forms.history import HistoryForm
from booking.forms.person import PersonForm
from booking.forms.proxy import ASKED
from booking.forms.reason import ReasonForm
from booking.forms.safety import SafetyForm
from booking.forms.section import SectionForm
from booking.forms.symptoms import SymptomsForm
from booking.intake.forms import CheckForm
from booking.rules.questions import Relation
from booking.rules.safety import QUESTIONS, questions_for
from tests.booking.intake.conftest import HISTORY, REASON, SYMPTOMS, SYMPTOMS_ABOUT, YOU


def typed(values: dict[str, Any]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def messages(form: SectionForm) -> list[str]:
    return [problem.message for problem in form.problems]


EMPTY = [
    (ReasonForm, ["Select what you would like help with", "Select who this request is for"]),
    (SafetyForm, ["Select the signs you have, or “No, I do not have any of these”"]),
    (
        SymptomsForm,
        [
            "Select a number for your pain on average",
            "Select a number for your enjoyment of life",
            "Select a number for your general activity",
            "Select where it hurts",
            "Select what fits, or “None of these fit”",
            "Select how many fingers fit between your front teeth",
            "Enter how many days a month you have a headache",
            "Enter on how many days a month it is like a migraine",
            "Select how long a headache lasts",
            "Enter how many days a month you take pain medicine",
            "Select how long it has been like this",
        ],
    ),
    (
        HistoryForm,
        [
            "Select what you have tried, or “I have not tried any of these”",
            "Select which pictures were taken, or “No, none of these”",
            "Select what applies to you, or “No, none of these apply to me”",
            "Select when your last shot was",
            "Select whether you have a referral",
        ],
    ),
    (
        PersonForm,
        [
            "Enter your own name",
            "Select how you are related to the patient",
            "Check the box to confirm that you may speak for the patient",
            "Enter your full name",
            "Enter your birth date",
            "Select whether you have been to our clinic before",
            "Enter a phone number, or an email address",
            "Select how we should contact you first",
            "Select the language you prefer",
            "Select whether an interpreter is needed",
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
        (HistoryForm, HISTORY, "referrer", 200),
        (PersonForm, YOU, "full_name", 200),
        (PersonForm, YOU, "access_needs", 1000),
    ],
)
def test_every_text_is_bounded(
    section: type[SectionForm], good: dict[str, Any], field: str, limit: int
) -> None:
    about = {"topic": "migraine", "who_for": "self"}
    assert section(typed({**good, field: "x" * limit}), **about).is_valid()
    too_long = section(typed({**good, field: "x" * (limit + 1)}), **about)
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


EVERYBODY = {"pain", "enjoyment", "activity", "where", "duration", "in_own_words"}
HEADACHES = {"headache_days", "headache_hours", "medicine_days"}


@pytest.mark.parametrize(
    ("topic", "more"),
    [
        ("migraine", {*HEADACHES, "migraine_days"}),
        ("tension-headache", {*HEADACHES, "features"}),
        ("tmj", {"features", "jaw_opening"}),
        ("back-pain", {"features"}),
        ("other", set()),
    ],
)
def test_each_topic_asks_its_own_questions(topic: str, more: set[str]) -> None:
    assert SymptomsForm(topic=topic).fields.keys() == EVERYBODY | more
    assert SymptomsForm(typed({**SYMPTOMS, **SYMPTOMS_ABOUT[topic]}), topic=topic).is_valid()


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("tension-headache", ["It presses or tightens, like a band", "It is on both sides at once"]),
        ("tmj", ["My jaw clicks or pops", "I clench my jaw or grind my teeth", "A dentist has looked at it"]),
        ("back-pain", ["Pain that runs down my leg, below the knee", "A leg or foot that is numb or tingles",
                       "It began after an injury", "I have had back surgery"]),
    ],
)  # fmt: skip
def test_what_may_fit_depends_on_the_topic(topic: str, words: list[str]) -> None:
    offered = [str(label) for _code, label in SymptomsForm(topic=topic).fields["features"].choices]
    assert offered == [*words, "None of these fit"]


def test_there_are_no_more_migraine_days_than_headache_days() -> None:
    form = SymptomsForm(typed({**SYMPTOMS, "headache_days": "8", "migraine_days": "9"}), topic="migraine")
    assert messages(form) == ["Migraine days cannot be more than the headache days above"]


def test_the_scale_has_the_words_of_its_source() -> None:
    form = SymptomsForm(topic="other")
    labels = [str(form.fields[name].label) for name in ("pain", "enjoyment", "activity")]
    how = "What number best describes how, during the past week, pain has interfered with your "
    assert labels == [
        "What number best describes your pain on average in the past week?",
        f"{how}enjoyment of life?",
        f"{how}general activity?",
    ]


@pytest.mark.parametrize(
    ("who_for", "relations"), [("adult", list(Relation)), ("minor", [Relation.PARENT, Relation.GUARDIAN])]
)
def test_who_may_ask_for_somebody_else(who_for: str, relations: list[Relation]) -> None:
    form = PersonForm(who_for=who_for)
    assert [code for code, _words in form.fields["relation"].choices] == relations
    assert form.fields["full_name"].widget.attrs["autocomplete"] == "off"
    assert form.fields["asker_name"].widget.attrs["autocomplete"] == "name"
    assert 'autocomplete="bday' not in str(form["birth_date"])
    assert form.fields["full_name"].label == "Full name of the patient"


def test_who_asks_for_themselves_is_asked_nothing_about_others() -> None:
    form = PersonForm(who_for="self")
    assert not set(ASKED) & form.fields.keys()
    assert form.fields["full_name"].label == "Full name"


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
        ({"no_email": "on"}, []),
        ({"no_email": "on", "no_online_page": "on", "email": ""}, []),
        (
            {"no_email": "on", "phone": "", "channel": "email"},
            ["Enter a phone number, because you want no email"],
        ),
        ({"no_email": "on", "channel": "email"}, ["Choose a phone call, because you want no email"]),
        ({"interpreter": "yes"}, ["Enter the language to interpret"]),
        ({"interpreter": "yes", "interpreter_language": "Navajo"}, []),
        ({"phone": "12"}, ["Enter a phone number with area code, such as (480) 555-0100"]),
        ({"email": "a@b"}, ["Enter an email address in the form name@example.com"]),
        ({"email": "a@b", "channel": "email"}, ["Enter an email address in the form name@example.com"]),
    ],
)
def test_there_must_be_one_way_to_reach_the_person(changes: dict[str, str], expected: list[str]) -> None:
    assert messages(PersonForm(typed({**YOU, **changes}), who_for="self")) == expected


def test_values_can_be_kept_as_json() -> None:
    form = PersonForm(typed({**YOU, "times": ["mon-am", "fri-pm"], "no_online_page": "on"}), who_for="self")
    assert form.is_valid()
    kept = form.values()
    assert (kept["birth_date"], kept["times"]) == ("1980-01-07", ["mon-am", "fri-pm"])
    assert (kept["no_email"], kept["no_online_page"]) == ("", "yes")
    assert form.is_answered_by(json.loads(json.dumps(kept)))


def test_a_language_to_interpret_without_an_interpreter_is_dropped() -> None:
    form = PersonForm(typed({**YOU, "interpreter_language": "Navajo"}), who_for="self")
    assert form.is_valid() and form.values()["interpreter_language"] == ""


def test_a_choice_that_is_gone_is_no_answer() -> None:
    form = ReasonForm()
    assert form.is_answered_by(REASON)
    assert not form.is_answered_by({**REASON, "topic": "scurvy"})


def test_each_problem_leads_to_an_input_that_is_there() -> None:
    for section, _expected in EMPTY:
        form = section(typed({}))
        html = "".join(str(bound) for bound in form)
        for problem in form.problems:
            assert f'id="{problem.anchor}"' in html, problem
