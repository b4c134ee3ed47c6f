"""What is wrong with an open page, as lines to read: axe's findings, and sideways scroll."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults(page: Page, tags: list[str] = WCAG) -> list[str]:
    """Return what axe finds on the page as it is, and whether it scrolls sideways."""
    # A click waits until the next page begins to arrive, not until it is there.
    page.wait_for_load_state()
    # Only what is broken is gathered: what passes fills most of the time and nobody reads it.
    options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options)
    path = page.url.partition("//")[2].partition("/")[2]
    rules = [f"/{path}: {one['id']} at {one['nodes'][0]['target']}" for one in found.response["violations"]]
    width = page.viewport_size["width"] if page.viewport_size else 0
    needed = page.evaluate("document.documentElement.scrollWidth")
    return [*rules, *([f"/{path}: {needed} px wide"] if needed > width else [])]
