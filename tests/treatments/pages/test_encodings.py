from __future__ import annotations

import gzip

import brotli
import pytest

from treatments.pages.encodings import COMPRESS, preferred

BODY = b"<p>One sentence after another.</p>" * 200


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0, gzip;q=0.2", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        ("*", "br"),
        ("*;q=0.1, identity;q=0.9", ""),
        ("*;q=0", ""),
        ("zstd", ""),
        ("gzip;q=x, br;q=", ""),
        ("gzip ; q=0.5", "gzip"),
        (",,;;=", ""),
    ],
)
def test_a_browser_gets_the_best_of_what_it_takes(accept: str, coding: str) -> None:
    assert preferred(accept) == coding


def test_each_coding_gives_the_page_back_and_is_smaller() -> None:
    assert gzip.decompress(COMPRESS["gzip"](BODY)) == BODY
    assert brotli.decompress(COMPRESS["br"](BODY)) == BODY
    assert all(len(compress(BODY)) < len(BODY) / 10 for compress in COMPRESS.values())
