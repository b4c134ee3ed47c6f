from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from treatments.search.excerpts import LENGTH, excerpt, mark
from treatments.search.index import START, STOP
from treatments.search.plain import fold


def with_marks(text, *words):
    marked = fold(text)
    for word in words:
        marked = marked.replace(word, f"{START}{word}{STOP}")
    return marked


def test_marks_stand_on_the_original_letters():
    text = "La migraña crónica."
    assert mark(text, with_marks(text, "migrana")) == "La <mark>migraña</mark> crónica."


def test_everything_else_is_escaped():
    text = "<b>Tom & migraine</b>"
    assert mark(text, with_marks(text, "migraine")) == "&lt;b&gt;Tom &amp; <mark>migraine</mark>&lt;/b&gt;"


def test_an_excerpt_is_cut_between_words_around_the_first_mark():
    text = "begin " * 100 + "needle" + " end" * 100
    shown = excerpt(text, with_marks(text, "needle"))
    assert shown.startswith("… begin")
    assert shown.endswith("end …")
    assert "<mark>needle</mark>" in shown


def test_without_a_mark_the_text_is_shown_from_its_beginning():
    assert excerpt("Some words.", "some words.") == "Some words."


def test_marks_that_do_not_fit_the_text_are_left_out():
    assert excerpt("Some words.", f"{START}other{STOP}") == "Some words."


@given(st.text(max_size=600), st.lists(st.integers(0, 600), max_size=6, unique=True))
def test_no_text_and_no_marks_bring_in_other_elements(text, places):
    marked = list(fold(text.replace(START, "").replace(STOP, "")))
    plain = text.replace(START, "").replace(STOP, "")
    for number, place in enumerate(sorted(places)):
        if place < len(marked):
            marked[place] = (START if number % 2 == 0 else STOP) + marked[place]
    shown = excerpt(plain, "".join(marked))
    assert set(re.findall(r"<[^>]*>", shown)) <= {"<mark>", "</mark>"}
    assert len(html.unescape(re.sub(r"</?mark>", "", shown))) <= LENGTH + 80
