from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User

from tests.treatments.admin import forms
from tests.treatments.factories import make_condition, make_editor, make_page, make_section, make_source
from treatments.models import Page, Section

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client) -> User:
    user = make_editor()
    client.force_login(user)
    return user


def save(client, page: Page, **changes: str):
    return forms.save(client, f"/admin/treatments/page/{page.pk}/change/", **changes)


def test_an_editor_changes_a_section(client, editor):
    page = make_page()
    section = make_section(page)
    make_source("trial-2010")
    response = save(client, page, **{"sections-0-body_en": "New words.[@trial-2010]"})
    assert response.status_code == 302
    section.refresh_from_db()
    assert section.body_en == "New words.[@trial-2010]"


UNKNOWN = "There is no source with the key “nobody-1999”. Add it under Sources first, or mend the key."


@pytest.mark.parametrize("name", ["body_en", "body_es"])
def test_an_unknown_source_keeps_a_page_from_being_published_and_is_said_at_the_field(client, editor, name):
    page = make_page(status="draft")
    make_section(page)
    response = save(client, page, status="published", **{f"sections-0-{name}": "A claim.[@nobody-1999]"})
    assert response.status_code == 200
    form = response.context["inline_admin_formsets"][0].formset.forms[0]
    assert form.errors == {name: [UNKNOWN]}
    assert form[name].value() == "A claim.[@nobody-1999]"
    assert response.context["adminform"].form.errors["status"] == [UNKNOWN]
    assert (Page.objects.get().status, Section.objects.get().body_en) == ("draft", "Some text.")


def test_the_answer_of_a_page_too_is_checked_when_it_is_published(client, editor):
    page = make_page(status="draft")
    make_section(page)
    response = save(client, page, status="published", lead_en="A claim.[@nobody-1999]")
    assert response.context["adminform"].form.errors == {"lead_en": [UNKNOWN], "status": [UNKNOWN]}


def test_a_draft_is_saved_with_a_source_that_is_still_to_come(client, editor):
    page = make_page(status="draft")
    make_section(page)
    assert save(client, page, **{"sections-0-body_en": "A claim.[@nobody-1999]"}).status_code == 302
    assert Section.objects.get().body_en == "A claim.[@nobody-1999]"
    assert UNKNOWN in client.get(f"/admin/treatments/page/{page.pk}/change/").content.decode()


def test_a_published_page_is_not_saved_with_an_unknown_source(client, editor):
    page = make_page()
    make_section(page)
    assert save(client, page, **{"sections-0-body_en": "A claim.[@nobody-1999]"}).status_code == 200
    assert Section.objects.get().body_en == "Some text."


def test_a_paste_of_100_kb_is_refused_in_words_and_not_cut(client, editor):
    page = make_page()
    make_section(page)
    response = save(client, page, **{"sections-0-body_en": "word " * 20_000})
    assert response.status_code == 200
    form = response.context["inline_admin_formsets"][0].formset.forms[0]
    assert form.errors["body_en"] == ["Keep this text to 20000 characters. It has 99999."]
    assert "maxlength" not in str(form["body_en"])
    assert len(form["body_en"].value()) >= 99_999


def test_english_is_required_and_spanish_is_not(client, editor):
    page = make_page()
    make_section(page)
    assert save(client, page, title_es="").status_code == 302
    response = save(client, page, title_en="")
    assert "title_en" in response.context["adminform"].form.errors


def test_the_key_of_a_page_is_locked(client, editor):
    page = make_page("botox")
    make_section(page)
    save(client, page, key="other", kind="legal")
    page.refresh_from_db()
    assert (page.key, page.kind) == ("botox", "treatment")


def test_a_new_page_is_a_condition_page(client, editor):
    response = client.get("/admin/treatments/page/add/")
    assert response.context["adminform"].form.fields["kind"].choices == [("condition", "Condition")]


def test_pages_with_a_fixed_address_are_not_deleted(client, editor):
    fixed = make_page("botox")
    free = make_page("migraine", kind="condition", condition=make_condition())
    assert client.post(f"/admin/treatments/page/{fixed.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"/admin/treatments/page/{free.pk}/delete/", {"post": "yes"}).status_code == 302
    assert [page.key for page in Page.objects.all()] == ["botox"]


def test_the_preview_shows_the_saved_draft(client, editor):
    page = make_page(status="draft", title_en="A draft title", title_es="Un borrador")
    make_section(page, body_en="Draft words.")
    form = client.get(f"/admin/treatments/page/{page.pk}/change/").content.decode()
    links = set(re.findall(r'href="(/admin/treatments/page/\d+/preview/[a-z]+/)"', form))
    assert links == {f"/admin/treatments/page/{page.pk}/preview/{language}/" for language in ("en", "es")}
    response = client.get(f"/admin/treatments/page/{page.pk}/preview/en/")
    assert "Draft words." in response.content.decode()
    assert f"/admin/treatments/page/{page.pk}/change/" in response.content.decode()
    assert "hreflang=" not in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    spanish = client.get(f"/admin/treatments/page/{page.pk}/preview/es/").content.decode()
    assert "Un borrador" in spanish
    assert client.get("/botox/").status_code == 404


def test_the_preview_never_enters_the_public_page(client, editor):
    page = make_page(title_en="Public title")
    client.get("/botox/")
    Page.objects.filter(pk=page.pk).update(title_en="Not saved through the form")
    client.get(f"/admin/treatments/page/{page.pk}/preview/en/")
    assert "Public title" in client.get("/botox/").content.decode()


@pytest.mark.parametrize("path", ["99999/preview/en/", "{pk}/preview/fr/"])
def test_a_preview_of_nothing_is_not_found(client, editor, path):
    page = make_page()
    assert client.get(f"/admin/treatments/page/{path.format(pk=page.pk)}").status_code == 404


def test_the_preview_is_for_editors_alone(client):
    page = make_page(status="draft", lead_en="Secret draft.")
    path = f"/admin/treatments/page/{page.pk}/preview/en/"
    anonymous = client.get(path)
    assert anonymous.status_code == 302
    assert "Secret draft." not in anonymous.content.decode()
    client.force_login(User.objects.create_user("nurse1", is_staff=True))
    assert client.get(path).status_code == 403
    client.force_login(User.objects.create_user("patient1"))
    assert client.get(path).status_code in (302, 403)


@pytest.mark.parametrize(
    "path",
    [
        *("clinic/", "clinician/", "condition/", "indication/", "page/", "faq/", "source/", "signoff/"),
        *("clinic/gaps/", "clinician/add/", "condition/add/", "indication/add/", "faq/add/", "source/add/"),
    ],
)
def test_editors_reach_every_form_under_the_strict_policy(client, editor, path):
    make_page()
    response = client.get(f"/admin/treatments/{path}")
    assert response.status_code == 200
    page = response.content.decode()
    assert not re.findall(r'<style|\bstyle="|\son[a-z]+="|<script(?![^>]*\bsrc=)', page)
