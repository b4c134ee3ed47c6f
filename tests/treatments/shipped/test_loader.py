from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from treatments.models import Page, Source
from treatments.shipped.content_files import Record
from treatments.shipped.loader import load


def source(key: str = "one", **fields: str) -> Record:
    values = {
        "key": key,
        "title": "A trial",
        "publisher": "A Journal",
        "url": "https://example.org/",
    } | fields
    return Record(f"source:{key}", Source, ("key",), values)


def test_a_new_release_renews_what_staff_left_alone(db):
    load([source(title="Old title")])
    report = load([source(title="New title")])
    assert report.updated == ["source:one"]
    assert Source.objects.get().title == "New title"


def test_a_new_release_never_overwrites_staff(db):
    load([source(title="Old title")])
    Source.objects.update(title="Staff's title")
    report = load([source(title="New title")])
    assert report.left_alone == ["source:one"]
    assert Source.objects.get().title == "Staff's title"


def test_what_staff_made_with_the_same_key_is_theirs(db):
    Source.objects.create(key="one", title="Theirs", publisher="J", url="https://example.org/")
    assert load([source()]).left_alone == ["source:one"]
    assert Source.objects.get().title == "Theirs"


def test_what_is_no_longer_shipped_goes_unless_staff_changed_it(db):
    load([source("one"), source("two")])
    Source.objects.filter(key="two").update(title="Staff's title")
    assert load([]).removed == ["source:one"]
    assert [row.key for row in Source.objects.all()] == ["two"]


def page(**fields: str) -> list[Record]:
    values = {
        "key": "botox",
        "kind": "treatment",
        "status": "published",
        "title_en": "Title",
        "short_title_en": "Short",
        "lead_en": "Answer.",
        "description_en": "Words.",
    }
    return [Record("page:botox", Page, ("key",), values | fields)]


def test_spanish_that_is_shipped_later_arrives_beside_english_that_was_loaded(db):
    load(page())
    assert load(page(title_es="Título", lead_es="Respuesta.")).updated == ["page:botox"]
    assert (Page.objects.get().title_en, Page.objects.get().title_es) == ("Title", "Título")


def test_but_not_where_staff_wrote_their_own_spanish_or_english(db):
    load(page())
    Page.objects.update(lead_es="De la clínica.")
    assert load(page(title_es="Título", lead_es="Respuesta.")).left_alone == ["page:botox"]
    Page.objects.update(lead_es="", title_en="By staff")
    assert load(page(title_es="Título")).left_alone == ["page:botox"]
    assert Page.objects.get().title_es is None


def test_taking_a_page_off_the_site_does_not_freeze_its_words_nor_is_it_undone(db):
    load(page())
    Page.objects.update(status="draft")
    assert load(page(title_en="New title")).updated == ["page:botox"]
    assert (Page.objects.get().title_en, Page.objects.get().status) == ("New title", "draft")


def test_a_shipped_text_may_not_cite_a_source_that_is_not_shipped(db):
    with pytest.raises(ValidationError, match="page:botox: There is no source with the key “nobody-1999”"):
        load(page(lead_en="A claim.[@nobody-1999]"))
    assert not Page.objects.exists()
