from __future__ import annotations

import pytest
from django.db import OperationalError
from django.utils import translation

from tests.treatments.factories import make_clinic, make_condition, make_page, make_section
from tests.treatments.test_timed_cache import Clock
from treatments import signals
from treatments.clinic import clinic
from treatments.models import Page, Section, version
from treatments.models.pages import Kind
from treatments.pages import menu, page_cache, page_templates
from treatments.pages.page_cache import Kept
from treatments.timed_cache import TimedCache

pytestmark = pytest.mark.django_db
# What a published edit may take until every process shows it.
WITHIN_SECONDS = 10


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    one = Clock()
    monkeypatch.setattr(TimedCache, "clock", one)
    return one


def process(most: int = page_cache.MAX_PAGES) -> Kept:
    """Return the pages of another process: no signal reaches it, only time."""
    return Kept(TimedCache(version.read), most)


@pytest.fixture
def shelf(clock: Clock) -> Kept:
    make_clinic()
    make_section(make_page())
    return process()


def database_down(*args, **kwargs):
    raise OperationalError("connection refused for clinic_app")


def test_a_warm_page_asks_the_database_nothing(shelf: Kept, django_assert_num_queries) -> None:
    cold = shelf.page("botox", "en")
    with django_assert_num_queries(0):
        assert shelf.page("botox", "en") is cold
        cold.body("br")


def test_an_unchanged_page_is_not_rendered_again(shelf: Kept, clock: Clock, monkeypatch) -> None:
    cold = shelf.page("botox", "en")
    monkeypatch.setattr(page_cache, "render", None)
    clock.seconds += 3_600
    assert shelf.page("botox", "en") is cold


def test_an_edit_shows_on_every_process_in_time(shelf: Kept, clock: Clock) -> None:
    processes = [shelf, process(), process()]
    assert all(b"Some text." in one.page("botox", "en").html for one in processes)
    Section.objects.get().delete()
    make_section(Page.objects.get(), body_en="Changed by an editor.")
    clock.seconds += WITHIN_SECONDS
    assert all(b"Changed by an editor." in one.page("botox", "en").html for one in processes)


def test_a_new_phone_number_shows_in_time(shelf: Kept, clock: Clock, monkeypatch) -> None:
    assert b"(480) 555-0100" in shelf.page("botox", "en").html
    facts = clinic.read()
    monkeypatch.setattr(
        page_cache, "clinic_facts", lambda: type(facts)(**{**vars(facts), "phone_e164": "+16025550142"})
    )
    clock.seconds += WITHIN_SECONDS
    assert shelf.page("botox", "en").html != b""
    assert b"(602) 555-0142" in shelf.page("botox", "en").html


def test_languages_are_kept_apart(shelf: Kept) -> None:
    english = shelf.page("botox", "en")
    with translation.override("es"):
        spanish = shelf.page("botox", "es")
    assert b'lang="es"' in spanish.html and b'lang="en"' in english.html
    assert shelf.page("botox", "en") is english


def test_a_page_under_a_new_version_has_the_menu_of_now(monkeypatch) -> None:
    make_page("costs")
    assert menu.menu().conditions == ()
    monkeypatch.setattr(signals, "forget", lambda: None)
    neck = make_condition("neck-pain", name_en="Neck pain", short_name_en="Neck pain")
    make_page("neck-pain", kind=Kind.CONDITION, condition=neck)
    page_cache.kept.version.forget()
    assert b'<a href="/conditions/neck-pain/">Neck pain</a>' in page_cache.kept.page("costs", "en").html


def test_a_withdrawn_page_is_gone_also_when_the_database_goes_down(shelf: Kept, clock, monkeypatch) -> None:
    shelf.page("botox", "en")
    Page.objects.get().delete()
    clock.seconds += WITHIN_SECONDS
    with pytest.raises(Page.DoesNotExist):
        shelf.page("botox", "en")
    monkeypatch.setattr(shelf.version, "read", database_down)
    monkeypatch.setattr(page_templates, "published", database_down)
    clock.seconds += WITHIN_SECONDS
    with pytest.raises(OperationalError):
        shelf.page("botox", "en")


def test_a_page_outlives_the_database(shelf: Kept, clock: Clock, monkeypatch, caplog) -> None:
    last, asked = shelf.page("botox", "en"), []

    def down() -> None:
        asked.append(clock.seconds)
        database_down()

    monkeypatch.setattr(shelf.version, "read", down)
    clock.seconds += 60
    assert [shelf.page("botox", "en") for _ in range(5)] == [last] * 5
    # One thread waits for the database now and then; the others serve.
    assert len(asked) == 1
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "clinic_app" not in caplog.text
    clock.seconds += 60
    monkeypatch.undo()
    make_section(Page.objects.get(), "new", body_en="Back again.")
    assert b"Back again." in shelf.page("botox", "en").html


def test_memory_is_bounded() -> None:
    make_clinic()
    shelf = process(most=3)
    keys = ["botox", "faq", "contact", "privacy", "costs"]
    for key in keys:
        make_page(key)
        shelf.page(key, "en")
    assert [key for key, _language in shelf._shelf] == keys[-3:]


def test_unknown_pages_take_no_memory(shelf: Kept) -> None:
    for number in range(50):
        with pytest.raises(Page.DoesNotExist):
            shelf.page(f"no-{number}", "en")
    assert not shelf._shelf
