from __future__ import annotations

import re

import pytest

from tests import addresses
from tests.treatments.factories import make_clinic, make_page
from treatments.models import Page, Section

pytestmark = pytest.mark.django_db
SPANISH = {
    "title_es": "Título",
    "short_title_es": "Corto",
    "lead_es": "La respuesta.",
    "description_es": "Frase.",
}


def head(client, path: str) -> str:
    return client.get(path).content.decode().partition("<body")[0]


def links(client, path: str) -> dict[str, str]:
    found = re.findall(
        r'<link rel="alternate" hreflang="([^"]+)" href="http://localhost([^"]+)">', head(client, path)
    )
    return dict(found)


def canonical(client, path: str) -> list[str]:
    return re.findall(r'<link rel="canonical" href="http://localhost([^"]+)">', head(client, path))


def meta(client, path: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', head(client, path)))


@pytest.fixture
def bilingual() -> Page:
    make_clinic()
    return make_page("faq", kind="clinic", **SPANISH)


@pytest.mark.parametrize("path", ["/faq/", "/es/faq/"])
def test_twins_name_each_other_and_the_english_as_default(client, bilingual, path):
    assert canonical(client, path) == [path]
    assert links(client, path) == {"en": "/faq/", "es": "/es/faq/", "x-default": "/faq/"}
    assert "robots" not in meta(client, path)


def test_a_page_without_spanish_has_no_twin_and_its_spanish_address_is_not_indexed(client):
    make_clinic()
    make_page("faq", kind="clinic")
    assert canonical(client, "/faq/") == ["/faq/"] and links(client, "/faq/") == {}
    assert meta(client, "/es/faq/")["robots"] == "noindex"
    assert canonical(client, "/es/faq/") == [] and links(client, "/es/faq/") == {}


def test_one_untranslated_section_is_enough(client, bilingual):
    Section.objects.create(page=bilingual, anchor="part", title_en="Part", body_en="Text.")
    assert meta(client, "/es/faq/")["robots"] == "noindex"


@pytest.mark.parametrize(
    ("path", "title", "locale"), [("/faq/", "Title", "en_US"), ("/es/faq/", "Título", "es_US")]
)
def test_a_shared_link_shows_the_page_in_its_language(client, bilingual, path, title, locale):
    found = meta(client, path)
    assert found["og:title"] == title and found["og:image:alt"] == title
    assert found["og:locale"] == locale and found["og:locale:alternate"] != locale
    assert found["og:url"] == f"http://localhost{path}"
    assert found["og:description"] == found["description"] != ""
    assert found["og:site_name"] == "Test Clinic"
    assert found["twitter:card"] == "summary_large_image"


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("path", addresses.content())
def test_every_page_has_one_canonical_address_and_a_description(client, path):
    assert canonical(client, path) == [path]
    assert 50 <= len(meta(client, path)["description"]) <= 200


@pytest.mark.usefixtures("content")
def test_where_a_request_begins_can_be_found(client):
    found = meta(client, "/consultation/")
    assert "robots" not in found and len(found["description"]) > 50
    assert canonical(client, "/consultation/") == ["/consultation/"]
    # The same page with a condition in its address names the plain one.
    assert canonical(client, "/consultation/about/tmj/") == ["/consultation/"]


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    "path", ["/consultation/get-help-now/", "/consultation/under-18/", "/consultation/clear/"]
)
def test_the_other_pages_of_a_request_cannot(client, path):
    assert meta(client, path)["robots"] == "noindex"
