"""Menu and footer link what is published: no draft, and every condition that staff added."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client

from tests.treatments.factories import make_condition, make_page
from treatments.models.pages import Kind, Status
from treatments.pages import menu
from treatments.timed_cache import FRESH_SECONDS, TimedCache

pytestmark = pytest.mark.django_db
NECK = '<a href="/conditions/neck-pain/">Neck pain</a>'


def make_neck_page(status: Status = Status.PUBLISHED) -> None:
    neck = make_condition("neck-pain", name_en="Neck pain", short_name_en="Neck pain", short_name_es="Cuello")
    make_page("neck-pain", kind=Kind.CONDITION, condition=neck, status=status)


def shown(client: Client, address: str = "/search/") -> str:
    menu.forget()
    return client.get(address).text


def test_a_condition_that_staff_added_is_linked(client: Client) -> None:
    make_neck_page()
    assert NECK in shown(client)
    assert '<a href="/es/conditions/neck-pain/">Cuello</a>' in shown(client, "/es/search/")


def test_a_draft_is_linked_nowhere(client: Client) -> None:
    make_neck_page(Status.DRAFT)
    make_page("costs", status=Status.DRAFT)
    make_page("safety")
    text = shown(client)
    assert "neck-pain" not in text and 'href="/costs/"' not in text
    assert text.count('<a class="nav__link" href="/botox/safety/">Safety</a>') == 2, "both menus"
    assert '<a href="/botox/safety/">Safety and side effects</a>' in text, "the footer"


def test_what_is_published_shows_at_once_on_finished_pages_too(client: Client) -> None:
    make_page("costs")
    assert "neck-pain" not in client.get("/costs/").text
    make_neck_page()
    assert NECK in client.get("/costs/").text


def test_while_the_database_is_away_the_last_known_menu_stands(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert menu.menu().links_to("costs") is False
    make_neck_page()
    assert NECK in shown(client)
    monkeypatch.setattr(TimedCache, "clock", lambda _cache: FRESH_SECONDS + 1)
    away(monkeypatch)
    assert [one.slug for one in menu.menu().conditions] == ["neck-pain"]
    menu.forget()
    assert menu.menu().links_to("costs"), "not knowing, a link is better than none"


def test_a_database_that_is_away_is_asked_once_in_a_while(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = away(monkeypatch)
    assert {client.get("/no-such-page/").status_code for _ in range(3)} == {404}
    assert len(asked) == 1
    monkeypatch.setattr(TimedCache, "clock", lambda _cache: FRESH_SECONDS + 1)
    client.get("/no-such-page/")
    assert len(asked) == 2


def away(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let nobody read the menu; the list returned grows by each try."""
    asked: list[str] = []

    def fail() -> None:
        asked.append("asked")
        raise OperationalError

    monkeypatch.setattr(menu, "read", fail)
    return asked
