from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from tests.treatments.factories import make_page, make_source
from treatments.proofreading import check

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


def test_a_link_to_an_unknown_page_is_named():
    assert complaints("[x](page:botax)") == ["There is no page with the key “botax” to link to."]


def test_all_that_is_wrong_is_said_at_once():
    assert len(complaints("A.[@no-1] B.[@no-2]\n\n::: nope\n:::")) == 3
