from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.core.management import call_command

from tests import addresses
from tests.treatments.factories import make_clinic, make_page, make_section
from tests.treatments.pages.test_head import SPANISH

pytestmark = pytest.mark.django_db
NAMES = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "xhtml": "http://www.w3.org/1999/xhtml"}


def entries(client, **headers) -> dict[str, dict[str, str]]:
    """The sitemap as address -> {hreflang: address, "lastmod": day}, all without the host."""
    response = client.get("/sitemap.xml", headers=headers)
    assert response.headers["Content-Type"].startswith("application/xml")
    found = {}
    for url in ElementTree.fromstring(response.content).findall("map:url", NAMES):  # noqa: S314 (our own)
        twins = {link.get("hreflang"): link.get("href") for link in url.findall("xhtml:link", NAMES)}
        lastmod = url.findtext("map:lastmod", "", NAMES)
        found[url.findtext("map:loc", "", NAMES)] = {**twins, "lastmod": lastmod}
    assert all(address.startswith("http://localhost/") for address in found)
    return {address.removeprefix("http://localhost"): row for address, row in found.items()}


def test_a_page_in_two_languages_stands_there_twice_and_names_its_twin(client):
    make_clinic()
    page = make_page("home", kind="clinic", **SPANISH)
    found = entries(client)
    twins = {
        "en": "http://localhost/",
        "es": "http://localhost/es/",
        "x-default": "http://localhost/",
        "lastmod": page.updated_at.astimezone(dt.UTC).date().isoformat(),
    }
    assert found["/"] == twins and found["/es/"] == twins
    assert set(found) == {"/", "/es/", "/consultation/", "/es/consultation/"}


def test_drafts_and_missing_spanish_stay_out(client):
    make_page("home", kind="clinic")
    make_page("faq", kind="clinic", status="draft", **SPANISH)
    assert set(entries(client)) == {"/", "/consultation/"}


def test_a_changed_section_is_a_changed_page(client):
    page = make_page("faq", kind="clinic")
    make_section(page)
    type(page).objects.update(updated_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    assert entries(client)["/faq/"]["lastmod"] != "2020-01-01"
    page.sections.update(updated_at=dt.datetime(2021, 2, 3, tzinfo=dt.UTC))
    assert entries(client)["/faq/"]["lastmod"] == "2021-02-03"


def test_the_host_that_a_visitor_claims_changes_nothing(client, settings):
    settings.ALLOWED_HOSTS = ["evil.example"]
    make_page("faq", kind="clinic")
    assert "/faq/" in entries(client, host="evil.example")


def test_the_shipped_site_lists_exactly_what_may_be_indexed(client):
    call_command("load_content", verbosity=0)
    found = set(entries(client))
    assert set(addresses.content()) < found
    for path in sorted({*found, *addresses.everywhere()}):
        response = client.get(path)
        text = response.content.decode()
        indexed = response.status_code == 200 and "noindex" not in text + response.headers.get(
            "X-Robots-Tag", ""
        )
        assert indexed == (path in found), path
