"""The fingerprint of signed words stays what it was, or every signature ever given would fall."""

from __future__ import annotations

import pytest

from tests.treatments.factories import (
    make_clinic,
    make_condition,
    make_indication,
    make_page,
    make_section,
    make_source,
)
from treatments.editorial import review, signed_facts, signed_text, signoff
from treatments.models import Page
from treatments.selfcheck import signing

pytestmark = pytest.mark.django_db

MADE = {
    "en": "2cd6d93dd3c55d09b465c19e5a0d31d6451c6542d4fe8e7b6276c881ed6c3ff4",
    "es": "f5682ecc78a8d12a571cf557b3aefff40cd48ded5251ea5318d3be28fc89a931",
}
FACTS = "0db257a56f7b9a6f2925cbf6ac2ff92263d9328a9adbfa861b90991308dc5cf2"
# What each kind of text is called in a signature, whatever files and folders it is made from.
SELF_CHECK_TEMPLATES = [
    "treatments/candidate_note.html",
    "treatments/candidate_result.html",
    "treatments/candidate_reasons.html",
    "treatments/candidate_end.html",
]


@pytest.fixture
def page() -> Page:
    """A page with one of each kind of row that is signed, and its Spanish."""
    source = make_source("trial-2010")
    condition = make_condition(name_es="Migraña", short_name_es="Migraña", summary_es="Dolor de cabeza.")
    use = make_indication(
        condition, name_es="Crónica", grade_label_es="débil", summary_es="Prueba débil.[@trial-2010]"
    )
    use.findings.create(
        key="days", source=source, measure_en="Days", measure_es="Días", unit_en="days", unit_es="días",
        with_botox="4.5", with_placebo="3", participants=120,
    )  # fmt: skip
    use.harms.create(
        key="neck", source=source, name_en="Neck pain", name_es="Dolor de cuello", percent="9", one_in=11
    )
    words = {"title_es": "Título", "lead_es": "La respuesta.", "description_es": "Palabras."}
    made = make_page("migraine", kind="condition", condition=condition, **words)
    make_section(made, body_en="A fact.[@trial-2010]", title_es="Parte", body_es="Un dato.[@trial-2010]")
    make_section(made, "second", body_en="More.", title_es="Segunda", body_es="Más.")
    return made


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_page_has_the_fingerprint_that_it_always_had(page, language):
    # A drawing may be drawn anew, which asks for a new signature.
    lines = [line for line in signed_text.lines(page, language) if not line.place.startswith("drawing/")]
    assert signoff.digest_of(lines) == MADE[language]
    assert review.digest(page, language) == signoff.digest_of(signed_text.lines(page, language))


def test_the_facts_of_the_clinic_have_the_fingerprint_that_they_always_had():
    make_clinic(emergency_line_es="Llame al 911.")
    assert signed_facts.facts_digest() == FACTS


def test_the_places_of_a_page_are_the_same_as_ever(page):
    make_section(page, "third", body_en="::: month\n:::\n\n::: harms\n:::")
    assert [line.place for line in signed_text.lines(page, "en")] == [
        "page",
        "section/part",
        "section/second",
        "section/third",
        "condition/migraine",
        "use/migraine/chronic",
        "finding/migraine/chronic/days",
        "side-effect/migraine/chronic/neck",
        "figure/harms",
        "figure/month",
        "drawing/migraine",
    ]


def test_the_self_check_is_signed_under_the_names_that_its_templates_had():
    for lines in (signing.lines(), signing.spanish_lines()):
        assert [line.place for line in lines if line.place.endswith(".html")] == SELF_CHECK_TEMPLATES


def test_a_fingerprint_is_made_the_same_way_as_ever():
    lines = [
        signoff.SignedLine("one", "Words.", ("a: A.",)),
        signoff.SignedLine("two", "Palabras.", beside="Words."),
    ]
    assert signoff.digest_of(lines) == "51b9be81e11ebf8e14b3b92ad32a209dcdf74dc987f4f569f4b248b7ebb7f7d5"
