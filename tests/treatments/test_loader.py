from __future__ import annotations

from treatments.content_files import Record
from treatments.loader import load
from treatments.models import Source


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
