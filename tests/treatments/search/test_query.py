from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatments.search.plain import fold, words_of
from treatments.search.query import MAX_LENGTH, parse
from treatments.search.synonyms import EVERYWHERE, GROUPS


def test_a_word_may_be_the_beginning_of_a_longer_one():
    assert "'migrai':*" in parse("migrai", "en").close
    assert ":*" not in parse("go", "en").close


def test_patients_words_bring_the_others_along():
    assert "'tmj'" in parse("jaw pain", "en").close
    assert "'cost'" in parse("price", "en").close
    assert "'mandibula'" in parse("TMJ", "es").close


def test_a_phrase_of_the_table_is_one_term():
    query = parse("tension headache pills", "en")
    assert query.close.count(" & ") == 1


def test_a_word_that_stands_everywhere_narrows_nothing_beside_another():
    assert "botox" not in parse("botox price", "en").close
    assert "botox" in parse("botox price", "en").loose
    assert "botox" in parse("botox", "en").close


@pytest.mark.parametrize("typed", ['"jaw pain"', "migraine -tension", "jaw or back"])
def test_operators_are_taken_at_their_word(typed):
    query = parse(typed, "en")
    assert (query.close, query.loose) == ("", "")


def test_a_hyphen_within_a_word_is_no_operator():
    assert parse("anti-inflammatory pills", "en").close


@pytest.mark.parametrize("typed", ["a", "?", "''", "a b", "…", "-"])
def test_one_letter_is_too_short(typed):
    assert parse(typed, "en").is_too_short


@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "\u200b"])
def test_nothing_is_nothing(typed):
    assert parse(typed, "en").is_empty


def test_a_long_text_is_cut():
    assert len(parse("word " * 5_000, "en").shown) <= MAX_LENGTH


@given(st.text(max_size=400), st.sampled_from(["en", "es"]))
def test_any_text_becomes_a_query(typed, language):
    query = parse(typed, language)
    assert query.shown == " ".join(query.shown.split())
    assert query.close.count("'") % 2 == 0


@given(st.text(max_size=200))
def test_folding_keeps_every_letter_in_its_place(text):
    assert len(fold(text)) == len(text)


def test_folding_takes_accents_and_capitals_away():
    assert fold("Inyección de MIGRAÑA") == "inyeccion de migrana"


@pytest.mark.parametrize("language", GROUPS)
def test_the_table_is_written_as_folded_and_names_nothing_twice_in_a_row(language):
    for group in GROUPS[language]:
        assert [fold(term) for term in group] == list(group)
        assert len(set(group)) == len(group) > 1
    assert {fold(term) for term in EVERYWHERE} == EVERYWHERE


def test_the_words_of_a_text_are_without_its_signs():
    text = "**A fact.**[@trial-2010]\n\n- [Costs](page:costs#plan)\n- two\n\n::: findings\n:::\n"
    assert words_of(text) == "A fact. Costs. two."


def test_the_title_of_a_box_is_read_too():
    assert words_of("::: call-911 Call 911 if:\n- you faint\n:::") == "Call 911 if: you faint."


def test_a_table_reads_cell_by_cell():
    assert words_of("| a | b |\n|---|---|\n| c | d |") == "a. b. c. d."
