"""How light the site is, and how discreet its log: measured on the server as it is deployed."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser

from tests import addresses
from tests.journeys.weights import weigh
from tests.loaded import reset
from tests.served import Served, served

# A first view on a phone, fonts and pictures included.
MOST_BYTES = 90 * 1024
MOST_REQUESTS = 8
# The home page shows a drawing of each condition and one above them.
MOST_REQUESTS_OF_HOME = 10
MOST_HTML_BYTES = 20 * 1024
PAGES = [*addresses.most_read(), "/es/", "/es/conditions/migraine/", "/botox/safety/", "/evidence/"]
# pytest-django makes a test database only for marked tests.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Iterator[Served]:
    """The deployed site with the shipped content, which is taken out of the test database afterwards."""
    folder: Path = tmp_path_factory.mktemp("served")
    with django_db_blocker.unblock():
        call_command("load_content", demo=True, verbosity=0)
        try:
            with served(folder) as running:
                yield running
        finally:
            reset()


@pytest.mark.parametrize("path", PAGES)
def test_a_first_view_is_light(site: Served, browser: Browser, path: str) -> None:
    weight = weigh(browser, site.url + path)
    told = f"{path}: {weight.total} bytes (HTML {weight.html}) in {len(weight.requests)}: {weight.requests}"
    assert weight.total <= MOST_BYTES, told
    assert len(weight.requests) <= (MOST_REQUESTS_OF_HOME if path in ("/", "/es/") else MOST_REQUESTS), told
    assert weight.html <= MOST_HTML_BYTES, told
    assert weight.hosts == {urlsplit(site.url).netloc}
    assert weight.console == []


@pytest.mark.parametrize("path", [path for path in PAGES if "consultation" not in path])
def test_one_style_sheet_and_nothing_else_holds_up_the_page(
    site: Served, browser: Browser, path: str
) -> None:
    weight = weigh(browser, site.url + path)
    [blocking] = weight.blocking
    assert weight.console == []
    assert urlsplit(blocking).path.startswith("/static/css/site.")


def test_the_log_holds_no_search_terms_and_no_answers(site: Served) -> None:
    for path in (
        "/search/?q=canary-term",
        "/es/search/?q=canary-term",
        "/faq/?canary-term",
        "/no/?x=canary-term",
    ):
        request = urllib.request.Request(site.url + path, headers={"Referer": f"{site.url}/?q=canary-term"})  # noqa: S310
        try:
            urllib.request.urlopen(request, timeout=120).close()  # noqa: S310 (our own address)
        except urllib.error.HTTPError as error:
            error.close()
    log = site.log.read_text()
    assert " GET /faq/ 200 " in log and " GET /search/ " in log
    assert "canary" not in log


def test_pages_cross_the_wire_compressed(site: Served, browser: Browser) -> None:
    with urllib.request.urlopen(f"{site.url}/conditions/migraine/", timeout=120) as answer:  # noqa: S310
        plain = len(answer.read())
    assert weigh(browser, f"{site.url}/conditions/migraine/").html < plain / 3
