"""A real Chromium on a live server, with and without JavaScript, watched for errors and strangers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from clinic_site.local import browser as browsers
from tests.journeys.faults import faults
from tests.journeys.weights import PATIENCE
from tests.loaded import load_shipped
from treatments.clinic import clinic, snapshot

# Playwright's loop runs in this thread, so Django takes plain queries for a mistake; they are not.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

expect.set_options(timeout=PATIENCE)

# An error page is an answer, not a fault of the page; Chromium writes it to the console all the same.
EXPECTED = "the server responded with a status of 4"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the Chromium of this machine, else Playwright's own."""
    path = browsers.find()
    # Containers seldom allow the sandbox's namespaces.
    mine = {"executable_path": path, "args": ["--no-sandbox"], "timeout": PATIENCE}
    return {**browser_type_launch_args, **mine}


@pytest.fixture
def site(live_server: Any) -> Iterator[str]:
    """The address of a live site with the shipped content."""
    load_shipped(demo=True)
    clinic.forget()
    yield live_server.url
    clinic.forget()
    snapshot.forget()


class Watch:
    """Collects what must not happen: script errors, refused resources, requests to other hosts."""

    def __init__(self, site: str) -> None:
        self.host, self.faults = urlsplit(site).netloc, list[str]()

    def follow(self, context: BrowserContext) -> None:
        """Watch every page of a browser context."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(str(error.error)))
        context.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and EXPECTED not in message.text:
            self.faults.append(message.text)

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.faults.append(f"request to {request.url}")


@pytest.fixture
def open_browser(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """A function that opens a fresh browser (its own cookies); faults fail the test when it ends."""
    contexts, watch = list[BrowserContext](), Watch(site)

    def open_one(**options: Any) -> Page:
        context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 900}, **options)
        context.set_default_timeout(PATIENCE)
        watch.follow(context)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    assert watch.faults == []


@pytest.fixture
def page(open_browser: Callable[..., Page]) -> Page:
    """A page in a fresh browser with JavaScript."""
    return open_browser()


@pytest.fixture(params=["script", "no-script"])
def visitor(request: pytest.FixtureRequest, open_browser: Callable[..., Page]) -> Page:
    """A page in a fresh browser, once with JavaScript and once without: scripts only add."""
    return open_browser(java_script_enabled=request.param == "script")


@pytest.fixture
def check_page() -> Callable[[Page], None]:
    """A function that checks a page with JavaScript: axe, one h1, no sideways scroll at 320 px."""

    def check(page: Page) -> None:
        assert faults(page) == []
        assert page.locator("h1").count() == 1, page.url
        size = page.viewport_size
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
        if size:
            page.set_viewport_size(size)

    return check
