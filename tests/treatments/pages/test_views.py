from __future__ import annotations

import gzip
import re

import brotli
import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from treatments.models import Clinic, Page, Section
from treatments.pages import page_templates
from treatments.pages.page_cache import kept

DECODE = {"br": brotli.decompress, "gzip": gzip.decompress}

PATHS = [
    "/",
    "/conditions/",
    "/conditions/migraine/",
    "/conditions/tension-headache/",
    "/conditions/back-pain/",
    "/conditions/tmj/",
    "/botox/",
    "/faq/",
    "/contact/",
    "/privacy/",
    "/accessibility/",
    "/nondiscrimination/",
]

pytestmark = pytest.mark.usefixtures("content")


def database_down(*args, **kwargs):
    raise OperationalError("no answer")


@pytest.mark.parametrize("prefix", ["", "/es"])
@pytest.mark.parametrize("path", PATHS)
def test_each_page_answers_in_both_languages(client, prefix, path):
    response = client.get(prefix + path)
    assert response.status_code == 200
    page = response.content.decode()
    assert len(re.findall(r"<h1\b", page)) == 1
    assert f'lang="{prefix.removeprefix("/") or "en"}"' in page


@pytest.mark.parametrize("path", PATHS)
def test_each_link_within_a_page_has_its_target(client, path):
    page = client.get(path).content.decode()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sorted(set(ids)) == sorted(ids)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


@pytest.mark.parametrize("path", PATHS)
def test_each_link_within_the_site_leads_somewhere(client, path):
    page = client.get(path).content.decode()
    for target, anchor in set(re.findall(r'href="(/(?!static|consultation)[^"#]*)(#[^"]+)?"', page)):
        response = client.get(target)
        assert response.status_code == 200, target
        assert not anchor or f'id="{anchor[1:]}"' in response.content.decode(), target + anchor


@pytest.mark.parametrize("path", PATHS)
def test_pages_hold_nothing_of_the_visitor(client, path):
    response = client.get(path)
    assert not response.cookies
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert response.content == Client().get(path).content


@pytest.mark.parametrize("path", PATHS)
def test_pages_need_no_inline_code_and_nothing_from_elsewhere(client, path):
    page = client.get(path).content.decode()
    assert not re.findall(r"<style|\bstyle=|\son[a-z]+=|<script(?! type=.application/ld.json.>| src=)", page)
    assert not re.findall(r'\b(?:src|srcset)="(?:https?:)?//', page)


def test_a_page_that_did_not_change_is_not_sent_again(client):
    tag = client.get("/botox/").headers["ETag"]
    assert client.get("/botox/", headers={"if-none-match": tag}).status_code == 304
    Section.objects.filter(page__key="botox", anchor="benefits").first().delete()
    assert client.get("/botox/", headers={"if-none-match": tag}).status_code == 200


def test_a_change_by_staff_shows_at_once(client):
    client.get("/botox/")
    section = Section.objects.get(page__key="botox", anchor="benefits")
    section.body_en = "Changed by an editor."
    section.save()
    assert "Changed by an editor." in client.get("/botox/").content.decode()


def test_a_change_of_the_clinic_shows_at_once(client):
    client.get("/")
    clinic = Clinic.objects.get()
    clinic.phone = "+16025550142"
    clinic.save()
    assert "(602) 555-0142" in client.get("/").content.decode()


@pytest.mark.parametrize("key", ["botox", "migraine", "home"])
def test_a_draft_is_not_found(client, key):
    page = Page.objects.get(key=key)
    page.status = "draft"
    page.save()
    assert client.get(page.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("path", ["/conditions/privacy/", "/conditions/botox/", "/conditions/sciatica/"])
def test_only_conditions_live_below_conditions(client, path):
    assert client.get(path).status_code == 404


def test_pages_are_read_only(client):
    assert client.post("/botox/").status_code == 405


@pytest.mark.parametrize("slug", ["migraine", "tension-headache", "back-pain", "tmj"])
def test_a_condition_page_leads_to_its_consultation(client, slug):
    page = client.get(f"/conditions/{slug}/").content.decode()
    assert f'href="/consultation/about/{slug}/"' in page


@pytest.mark.parametrize("path", ["/", "/conditions/", "/conditions/migraine/", "/botox/", "/faq/"])
def test_a_page_that_nobody_reviewed_says_so(client, path):
    assert "Not yet reviewed by a clinician" in client.get(path).content.decode()


@pytest.mark.parametrize("path", PATHS)
def test_a_second_visit_asks_the_database_nothing(client, path, django_assert_num_queries):
    client.get(path)
    client.cookies[settings.SESSION_COOKIE_NAME] = "somebody-signed-in"
    with django_assert_num_queries(0):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_pages_are_sent_compressed_to_browsers_that_can_read_it(client, coding):
    plain = client.get("/botox/")
    small = client.get("/botox/", headers={"accept-encoding": coding})
    assert small.headers["Content-Encoding"] == coding and "Content-Encoding" not in plain.headers
    assert len(small.content) < 0.4 * len(plain.content)
    assert DECODE[coding](small.content) == plain.content
    for response in (plain, small):
        assert response.headers["Vary"] == "Accept-Encoding"
        assert int(response.headers["Content-Length"]) == len(response.content)


def test_each_coding_has_its_own_validator(client):
    tags = {
        client.get("/faq/", headers={"accept-encoding": coding}).headers["ETag"]
        for coding in ("", "gzip", "br")
    }
    assert len(tags) == 3
    answer = client.get("/faq/", headers={"accept-encoding": "br", "if-none-match": ", ".join(tags)})
    assert answer.status_code == 304 and answer.content == b""
    assert answer.headers["ETag"] in tags and answer.headers["Vary"] == "Accept-Encoding"


def test_a_page_is_served_while_the_database_is_down(client, monkeypatch, caplog):
    before = client.get("/conditions/migraine/").content
    kept.version.forget()
    monkeypatch.setattr(kept.version, "read", database_down)
    monkeypatch.setattr(page_templates, "published", database_down)
    assert client.get("/conditions/migraine/").content == before
    assert "Database down" in caplog.text
    # Nobody asked for this one before.
    client.raise_request_exception = False
    assert client.get("/faq/").status_code == 503


def test_a_changed_page_costs_few_queries(client, django_assert_max_num_queries):
    client.get("/conditions/migraine/")
    Section.objects.filter(page__key="contact").first().save()
    with django_assert_max_num_queries(20):
        client.get("/conditions/migraine/")
