"""The shipped texts can be read by a sixth grader (AMA: grade 6; the page fails above 7)."""

from __future__ import annotations

import re

import pytest

from clinic_site.local import readability
from tests.treatments.shipped.shipped import PAGES, prose


@pytest.mark.parametrize("key", PAGES)
def test_a_sixth_grader_can_read_it(pages, key):
    assert readability.score(prose(pages[key][1]), "en") <= readability.HARDEST_PAGE


@pytest.mark.parametrize("key", PAGES)
def test_no_sentence_is_longer_than_twenty_words(pages, key):
    # A colon ends one as well: what follows it is read as a list.
    sentences = re.split(r"(?<=[.?!:])\s+", prose(pages[key][1]))
    assert [sentence for sentence in sentences if len(sentence.split()) > 20] == []
