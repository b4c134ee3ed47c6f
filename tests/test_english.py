"""The finder of English finds it, and leaves Spanish, names and marked English alone."""

from __future__ import annotations

import pytest

from tests.english import english_on


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Call us if the pain gets worse.</p>", ["Call us if the pain gets worse."]),
        ("<p>Llámenos si el dolor empeora.</p>", []),
        (
            '<p>Llámenos.</p><img alt="Drawing of the head and the neck">',
            ["Drawing of the head and the neck"],
        ),
        ('<button aria-label="Close this and go on">X</button>', ["Close this and go on"]),
        ('<li lang="en">The trial of the drug in adults with migraine.</li>', []),
        (
            '<meta name="description" content="What it is and how it works.">',
            ["What it is and how it works."],
        ),
        ("<p>BOTOX® (onabotulinumtoxinA) se usa en adultos.</p>", []),
        ("<script>let the = of + and;</script>", []),
        ('<html lang="en"><p>This is not for you.</p></html>', ["This is not for you."]),
    ],
)
def test_what_is_english(html: str, found: list[str]) -> None:
    assert english_on(html) == found
