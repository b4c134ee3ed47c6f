"""The shipped texts can be read by a sixth grader (AMA: grade 6; the page fails above 7)."""

from __future__ import annotations

import re

import pytest
import textstat

from tests.treatments.shipped import PAGES, prose


@pytest.mark.parametrize("key", PAGES)
def test_a_sixth_grader_can_read_it(pages, key):
    assert textstat.flesch_kincaid_grade(prose(pages[key][1])) <= 7


@pytest.mark.parametrize("key", PAGES)
def test_no_sentence_is_longer_than_twenty_words(pages, key):
    sentences = re.split(r"(?<=[.?!])\s+", prose(pages[key][1]))
    assert [sentence for sentence in sentences if len(sentence.split()) > 20] == []
