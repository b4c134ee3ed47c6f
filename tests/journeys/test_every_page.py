"""Every public page in both languages, on a phone and on a desk: axe, and no sideways scroll.

`make audit` does the same at five widths, and for the steps of a request.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests import addresses
from tests.journeys.faults import WCAG, faults

# Of the second look only what a width can change: the size of targets, and WCAG 2.2 as a whole.
WIDTHS = {1280: WCAG, 360: ["wcag2a", "wcag22aa"]}


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("language", addresses.LANGUAGES)
def test_axe_finds_nothing(page: Page, language: str, half: int) -> None:
    """Each half of the pages is a test of its own, so that two workers share them."""
    found: list[str] = []
    for address in addresses.public(language)[half::2]:
        page.goto(address)
        for width, tags in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 900})
            found += faults(page, tags)
    assert found == []
