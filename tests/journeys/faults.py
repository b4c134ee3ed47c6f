"""What is wrong with an open page, as lines to read: axe's findings, and sideways scroll."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# What is right fills most of an answer, and nobody reads it.
RUN = """options => axe.run(options).then(
    found => found.violations.map(one => `${one.id} at ${JSON.stringify(one.nodes[0].target)}`))"""


def faults(page: Page, tags: list[str] = WCAG) -> list[str]:
    """Return what axe finds on the page as it is, and whether it scrolls sideways."""
    # A click waits until the next page begins to arrive, not until it is there.
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}
    path = page.url.partition("//")[2].partition("/")[2]
    rules = [f"/{path}: {found}" for found in page.evaluate(RUN, options)]
    width = page.viewport_size["width"] if page.viewport_size else 0
    needed = page.evaluate("document.documentElement.scrollWidth")
    return [*rules, *([f"/{path}: {needed} px wide"] if needed > width else [])]
