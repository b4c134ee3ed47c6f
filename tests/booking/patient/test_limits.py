"""Trying from one network again and again is refused, and the refusal tells nothing either."""

from __future__ import annotations

import pytest

from booking.actions import abuse
from booking.models import Message, RateCount
from booking.rules.abuse import Limit
from booking.rules.tokens import make_token
from tests.booking.patient.conftest import BORN, WRONG, Visitor
from tests.booking.patient.test_unlock import plain
from tests.factories import make_link, make_person, make_request

FEW = 3


@pytest.fixture(autouse=True)
def low(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three tries an hour."""
    for name in ("LINKS_PER_ADDRESS", "BIRTH_DATES_PER_ADDRESS"):
        limit: Limit = getattr(abuse, name)
        monkeypatch.setattr(abuse, name, Limit(limit.scope, FEW, FEW, limit.window))
    monkeypatch.setattr("booking.actions.links.RENEWAL_TAKES", 0.0)


def test_asking_for_links_over_and_over_is_refused_alike_for_known_and_unknown(visitor: Visitor) -> None:
    request = make_request(person=make_person(email="known@example.com"))
    known = {"reference": request.shown_reference, "email": "known@example.com"}
    unknown = {**known, "email": "nobody@example.com"}
    for _try in range(FEW):
        assert visitor.post("/my-request/new-link/", unknown).status_code == 303
    pages = [visitor.post("/my-request/new-link/", data) for data in (known, unknown)]
    assert {page.status_code for page in pages} == {429}
    assert pages[0]["Retry-After"] == "3600"
    assert plain(pages[0].content) == plain(pages[1].content)
    assert "known@example.com" not in pages[0].text
    assert not Message.objects.filter(request=request, notice="new-link").exists()


def test_another_network_is_not_held_up(visitor: Visitor) -> None:
    data = {"reference": make_request().shown_reference, "email": "nobody@example.com"}
    for _try in range(FEW + 1):
        visitor.post("/my-request/new-link/", data)
    answer = visitor.post("/my-request/new-link/", data, REMOTE_ADDR="198.51.100.7")
    assert answer.status_code == 303


def test_a_slip_of_the_pen_and_a_look_cost_nothing(visitor: Visitor) -> None:
    _link, token = make_link(make_request())
    visitor.look("new-link/")
    visitor.post("/my-request/new-link/", {"reference": "", "email": ""})
    visitor.look(f"{token}/")
    assert not RateCount.objects.exists()


def test_birth_dates_are_counted_over_all_links(visitor: Visitor) -> None:
    tokens = [make_link(make_request())[1] for _number in range(2)]
    for token in (*tokens, make_token()):
        assert visitor.post(f"/my-request/{token}/", WRONG).status_code in (200, 404)
    pages = [visitor.post(f"/my-request/{token}/", BORN) for token in (tokens[0], make_token())]
    assert [page.status_code for page in pages] == [429, 429]
    assert plain(pages[0].content) == plain(pages[1].content)
    assert "my-request" not in visitor.cookies


def test_counters_hold_no_address(visitor: Visitor) -> None:
    visitor.post(
        "/my-request/new-link/", {"reference": make_request().shown_reference, "email": "a@example.com"}
    )
    row = RateCount.objects.get()
    assert (row.scope, row.count) == ("link", 1)
    assert "127.0.0.1" not in str(vars(row))
