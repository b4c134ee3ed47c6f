"""The template pack: label, hint, error, input; groups as fieldset and legend; valid HTML."""

from __future__ import annotations

import html5lib
import pytest
from crispy_forms.utils import render_crispy_form

from booking.forms.history import HistoryForm
from booking.forms.person import PersonForm
from booking.forms.reason import ReasonForm
from booking.forms.safety import SafetyForm
from booking.forms.section import SectionForm
from booking.forms.symptoms import SymptomsForm
from booking.intake.forms import CheckForm
from tests.booking.forms.test_sections import typed

SECTIONS = [ReasonForm, SafetyForm, SymptomsForm, HistoryForm, PersonForm, CheckForm]


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("bound", [False, True], ids=["fresh", "with-errors"])
def test_every_section_is_valid_html_with_unique_ids(section: type[SectionForm], bound: bool) -> None:
    html = render_crispy_form(section(typed({})) if bound else section())
    tree = html5lib.HTMLParser(strict=True).parseFragment(html)
    ids = [node.get("id") for node in tree.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    described = {name for node in tree.iter() for name in (node.get("aria-describedby") or "").split()}
    assert described <= set(ids)
    labelled = {node.get("for") for node in tree.iter() if node.get("for")}
    assert labelled <= set(ids)


@pytest.mark.parametrize("section", SECTIONS)
def test_the_server_checks_and_the_browser_does_not(section: type[SectionForm]) -> None:
    html = render_crispy_form(section())
    for attribute in (" required", " maxlength", " style=", " onclick", " pattern="):
        assert attribute not in html


def test_hint_and_error_stand_between_label_and_input() -> None:
    html = render_crispy_form(PersonForm(typed({})))
    places = [html.index(part) for part in (
        '<label class="field__label" for="id_full_name">',
        'id="id_full_name_helptext"',
        'id="id_full_name_error"',
        '<input type="text" name="full_name"',
    )]  # fmt: skip
    assert places == sorted(places)
    assert 'aria-describedby="id_full_name_helptext id_full_name_error"' in html


def test_a_group_is_a_fieldset_that_names_its_error() -> None:
    html = render_crispy_form(PersonForm(typed({}), who_for="self"))
    assert html.count("<fieldset") == html.count("<legend") == 9
    assert 'aria-describedby="id_been_here_error"' in html
    assert '<span class="visually-hidden">Error:</span> Enter your full name' in html


def test_the_question_of_a_page_with_one_question_is_its_heading() -> None:
    assert render_crispy_form(SafetyForm(topic="tmj")).count("<h1>") == 1
    assert "<h1>" not in render_crispy_form(SymptomsForm())


def test_none_of_these_stands_apart_after_or() -> None:
    html = render_crispy_form(SafetyForm(topic="tmj"))
    assert html.index('<p class="choices__or">or</p>') < html.index("No, I do not have any of these")


def test_a_part_without_a_title_has_no_heading() -> None:
    html = render_crispy_form(SymptomsForm(topic="tmj"))
    assert html.count('class="form-part"') == 3 and html.count("<h2") == 2


def test_a_guess_about_the_email_stands_under_its_field() -> None:
    html = render_crispy_form(PersonForm(typed({"email": "a@gmial.com"}), who_for="self"))
    assert html.index('value="a@gmial.com"') < html.index('name="take_email"') < html.index("no_email")
    assert "Did you mean" not in render_crispy_form(PersonForm(typed({"email": "a@gmail.com"})))


def test_nothing_is_chosen_beforehand() -> None:
    for section in SECTIONS:
        assert " checked" not in render_crispy_form(section())
