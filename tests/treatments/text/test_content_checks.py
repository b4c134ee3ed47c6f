from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from tests.treatments.factories import make_condition, make_page, make_source
from treatments.models.references import check, check_draft

pytestmark = pytest.mark.django_db


def complaints(text: str) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        check(text)
    return caught.value.messages


def test_a_text_in_order_passes():
    make_source("trial-2010")
    make_page("botox")
    check("A fact.[@trial-2010]\n\n::: note More\n[See](page:botox#risks)\n:::\n\n::: findings\n:::")


def test_an_unknown_source_is_named():
    make_source("known-1")
    assert complaints("A.[@known-1] B.[@nobody-1999]") == [
        "There is no source with the key “nobody-1999”. Add it under Sources first, or mend the key."
    ]


@pytest.mark.parametrize("typed", ["[@Diener 2010]", "[@ herd]", "[@one, @two]"])
def test_a_citation_typed_in_another_way_is_explained(typed):
    assert complaints(f"A fact.{typed}") == [
        "Write a citation as [@key], with small letters, digits and hyphens."
    ]


def test_an_unknown_box_is_named_with_those_that_exist():
    (message,) = complaints("::: waring Title\ntext\n:::")
    assert message.startswith("There is no box called “waring”. Use one of: call-911, ")


def test_a_box_needs_its_title():
    assert complaints("::: call-911\n- a\n:::") == ["Give the box “call-911” a title on the same line."]


def test_a_clinic_note_must_exist():
    (message,) = complaints("::: clinic prices\n:::")
    assert message.startswith("Write “clinic” and one of: visit, stopping, off-label, ")


def test_a_figure_names_a_condition_that_exists():
    make_condition("migraine")
    check("::: harms migraine\n:::")
    assert complaints("::: harms migrane\n:::") == [
        "After “harms” comes the address of a condition, not “migrane”. Use one of: migraine."
    ]


def test_a_link_to_an_unknown_page_is_named():
    assert complaints("[x](page:botax)") == ["There is no page with the key “botax” to link to."]


def test_all_that_is_wrong_is_said_at_once():
    assert len(complaints("A.[@no-1] B.[@no-2]\n\n::: nope\n:::")) == 3


def test_a_draft_may_cite_what_is_still_to_come_and_nothing_else_wrong():
    check_draft("A.[@nobody-1999]")
    with pytest.raises(ValidationError):
        check_draft("::: nope\n:::")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("<script>alert(1)</script>", "Take out the HTML “<script>”: pages are written in Markdown."),
        ('A <img src=x onerror="alert(1)">', 'Take out the HTML “<img src=x onerror="alert(1)">”'),
        ("<!-- a note -->", "Take out the HTML “<!--”"),
        ("[x](javascript:alert(1))", "“javascript:alert(1” cannot be linked to."),
        ("[x](data:text/html,x)", "“data:text/html,x” cannot be linked to."),
        ("[x](ftp://example.org)", "“ftp://example.org” cannot be linked to."),
        ("[x](//example.org)", "“//example.org” cannot be linked to."),
        ("![A face](https://example.org/a.png)", "Take out the picture"),
        ("pay\u202egnp.exe", "Take out the invisible character U+202E after “pay”."),
        ("a\x07b", "Take out the invisible character U+0007 after “a”."),
    ],
)
def test_what_a_page_would_not_show_is_named(typed, message):
    assert complaints(typed)[0].startswith(message)


@pytest.mark.parametrize(
    "typed",
    [
        "Pain < 5 of 10, and 3 > 2",
        "Really! [See](page:botox)",
        "[Call](tel:911), [write](mailto:a@example.org), [read](https://example.org), [below](#part)",
        "<https://example.org>",
    ],
)
def test_what_only_looks_alike_passes(typed):
    make_page("botox")
    check(typed)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (
            "| a | b |\n|---|---|\n| 1 |",
            "The table row “| 1 |” has 1 cell, the heading of the table 2 cells.",
        ),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", "The table row “| 1 | 2 | 3 |” has 3 cells"),
        ("| a | b |\n| 1 | 2 |", "“| a | b |” looks like a row of a table, but it is in none."),
        ("| a | b |\n|---|\n| 1 | 2 |", "“| a | b |” looks like a row of a table"),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n\n| 3 | 4 |", "“| 3 | 4 |” looks like a row of a table"),
    ],
    ids=["cell missing", "cell too many", "no line", "line too short", "torn"],
)
def test_a_broken_table_is_explained(typed, message):
    assert complaints(typed)[0].startswith(message)


@pytest.mark.parametrize(
    "typed",
    [
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "a | b\n---|---\n1 | 2",
        "| a | b |\n|:--|--:|\n| 1 \\| one | 2 |\n|  | 2 |",
        "- a list\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |",
        "::: note Title\n| a | b |\n|---|---|\n| 1 | 2 |\n:::",
    ],
    ids=["plain", "no outer bars", "escaped bar, empty cell", "in a list", "in a box"],
)
def test_a_whole_table_passes(typed):
    check(typed)
