"""Figures that stand on a page which is not their condition's own, and the people of the clinic."""

from __future__ import annotations

import pytest

from tests.treatments.factories import make_condition, make_indication, make_page, make_section, make_source
from treatments.editorial import figures
from treatments.models import Clinician, Harm
from treatments.pages.rendering import page_context

pytestmark = pytest.mark.django_db


def with_harm() -> Harm:
    use = make_indication(make_condition())
    return Harm.objects.create(
        indication=use, source=make_source(), key="neck", name_en="Neck pain", percent="12.6", one_in=8
    )


def shown(body: str, key: str = "safety") -> str:
    page = make_page(key)
    make_section(page, "numbers", body_en=body)
    return str(page_context(page)["section_map"]["numbers"].html) if page_context(page)["sections"] else ""


def test_a_page_draws_the_numbers_of_the_condition_that_it_names():
    with_harm()
    text = shown("::: harms migraine\n:::")
    assert "Neck pain" in text
    assert "About 1 in 8" in text
    assert "13 in 100 people" in text


def test_the_source_of_a_borrowed_number_is_listed_on_the_page():
    with_harm()
    page = make_page("safety")
    make_section(page, body_en="::: harms migraine\n:::")
    assert [source.key for source in page_context(page)["sources"]] == ["trial-2010"]


@pytest.mark.parametrize("body", ["::: harms\n:::", "::: harms nothing\n:::", "::: findings migraine\n:::"])
def test_a_figure_without_rows_draws_nothing(body):
    with_harm()
    assert shown(f"Before.\n\n{body}").strip() == "<p>Before.</p>"


def test_two_figures_on_a_page_share_no_id():
    with_harm()
    text = shown("::: harms migraine\n:::\n\n::: harms migraine\n:::")
    ids = [part.split('"')[0] for part in text.split(' id="')[1:]]
    assert len(ids) == len(set(ids)) == 4


def test_the_table_of_proof_holds_each_use_with_status_grade_and_reason():
    migraine, jaw = make_condition(), make_condition("tmj", drawing="tmj")
    make_indication(migraine, status="approved", grade=4, grade_label_en="good", summary_en="Two trials.")
    make_indication(jaw, "muscle", name_en="Jaw muscle pain", grade_label_en="mixed", summary_en="It varies.")
    text = shown("::: evidence\n:::", "evidence")
    table = text[text.index("<table") : text.index("</table>")]
    for words in (
        "Chronic",
        "FDA-approved use",
        "good",
        "Two trials.",
        "Jaw muscle pain",
        "Off-label use",
        "mixed",
    ):
        assert words in table
    assert table.count("proof__bar--on") == 4 + 2
    assert 'href="/conditions/tmj/"' in table


def test_rows_of_a_text_are_those_that_its_figures_show():
    harm = with_harm()
    assert list(figures.rows("::: harms migraine\n:::", None)) == [harm]
    assert list(figures.rows("::: harms\n:::", harm.indication.condition)) == [harm]
    assert list(figures.rows("::: harms\n:::", None)) == []
    assert list(figures.rows("::: evidence\n:::", None)) == [harm.indication]


def test_a_clinician_is_named_with_the_licence_and_a_placeholder_never_is():
    Clinician.objects.create(
        name="Test Person", credentials="MD", licence_type="Test license", languages="English", published=True
    )
    Clinician.objects.create(name="Demo Clinician", is_demo=True)
    text = shown("::: clinicians\n:::", "about")
    assert "Test Person, MD" in text
    assert "Test license" in text
    assert "Demo Clinician" not in text


def test_an_empty_list_of_clinicians_says_so():
    assert "No clinician is listed yet." in shown("::: clinicians\n:::", "about")


def test_a_page_lists_at_most_eight_links_and_none_to_what_comes_before_them():
    page = make_page("safety")
    for position in range(10):
        make_section(page, f"part-{position}", position=position)
    make_section(page, "warning", position=10)
    anchors = [section.anchor for section in page_context(page)["contents"]]
    assert anchors == [f"part-{position}" for position in range(8)]
