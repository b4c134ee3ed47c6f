"""How hard texts are to read: one measure, for the files as shipped and for the pages that come of them."""

from __future__ import annotations

import pytest
import textstat

from booking.rules import safety
from clinic_site.local import readability, shipped
from tests.treatments.shipped.shipped import PAGES

HARD = (
    "Notwithstanding considerable methodological heterogeneity, contemporary investigations demonstrate "
    "statistically significant improvements attributable to neuromodulatory pharmacotherapy."
)


def test_tags_citations_headings_tables_and_figures_do_not_count():
    markup = (
        '<h3>Heading</h3><p>A fact.<sup class="cite"><a href="#s">[1]</a></sup></p>'
        "<table><tr><td>Cell</td></tr></table><figure><p>Caption</p></figure>"
        "<p>You have:</p><ul><li>one thing</li><li>another thing.</li></ul>"
    )
    assert readability.prose(markup) == "A fact. You have. one thing. another thing."


@pytest.mark.parametrize(("language", "word"), [("en", "shot"), ("es", "dosis")])
def test_names_that_nobody_can_shorten_count_as_a_short_word(language, word):
    assert word in readability.prose("<p>BOTOX® (onabotulinumtoxinA) helps.</p>", language)


def test_a_decimal_point_ends_no_sentence():
    assert readability.sentences(readability.prose("<p>It was 3.5 in 100. Not more.</p>")) == [
        "It was 3,5 in 100.",
        "Not more.",
    ]


def test_a_hard_text_fails_and_an_easy_one_passes():
    hard, easy = readability.score(HARD, "en"), readability.score("It can hurt. Call us.", "en")
    assert hard > 12 and easy < 3
    assert readability.score("Llame hoy. Le ayudamos.", "es") > 80
    assert readability.score(
        "La heterogeneidad metodológica de investigaciones internacionales dificulta interpretaciones.", "es"
    ) < 40  # fmt: skip


def test_spanish_is_measured_as_spanish_and_english_afterwards_as_english():
    before = readability.score("Call us about your pain today.", "en")
    readability.score("Llame hoy mismo.", "es")
    assert textstat.flesch_kincaid_grade("Call us about your pain today.") == before


def test_every_shipped_page_and_question_is_measured():
    pages = list(readability.shipped_pages())
    assert {one.name for one in pages if one.language == "en"} == set(PAGES)
    assert {one.name for one in readability.safety_questions()} == set(safety.BY_CODE)
    assert all(len(one.text.split()) > 40 for one in pages)


def test_the_shipped_texts_pass(capsys):
    assert readability.main() == 0
    assert "migraine" in capsys.readouterr().out


def test_what_fails_is_named_with_its_worst_sentences(monkeypatch, capsys):
    pages = {"en": {"tmj": f"<p>An easy line. {HARD}</p>"}, "es": {}}
    monkeypatch.setattr(shipped, "pages", pages.get)
    assert readability.main() == 1
    out = capsys.readouterr().out
    assert "FAILED en" in out
    failed, _gap, worst = out.partition("The worst:")
    assert worst.strip().splitlines()[0].endswith(HARD)


def test_a_hard_safety_question_fails_too(monkeypatch, capsys):
    monkeypatch.setattr(shipped, "pages", lambda language: {})
    monkeypatch.setattr(readability, "HARDEST_QUESTION", -5)
    assert readability.main() == 1
