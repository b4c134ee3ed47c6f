"""The door: a link shows nothing, five guesses, and what the browser keeps."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.db import OperationalError
from django.utils import timezone

from booking import actions
from booking.models import ConsultationRequest, Link, Message
from booking.rules.notices import Notice
from booking.rules.statuses import Status
from booking.rules.tokens import OPEN_FOR, REST, make_token
from tests.booking.patient.conftest import BORN, WRONG, Visitor
from tests.booking.patient.rows import rows
from tests.database_time import database_time, every_clock_at
from tests.factories import everybody, make_link, make_person, make_request, offered_times

LANGUAGES = ["", "/es"]
OWN_ADDRESS = re.compile(rb'href="/es/my-request/[^"]*"')
CSRF = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')


def plain(body: bytes) -> bytes:
    """Return a page without its CSRF tokens, which differ each time, and without its own address."""
    return OWN_ADDRESS.sub(b"", CSRF.sub(b"", body))


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("prefix", LANGUAGES)
@pytest.mark.django_db
def test_fetching_every_address_changes_nothing(method: str, prefix: str) -> None:
    request = make_request(Status.TIMES_OFFERED)
    _link, token = make_link(request)
    visitor = Visitor()
    visitor.unlock(request)
    held = request.visits.on_offer().first()
    before = rows()
    acts = ("write", "none-suit", "move", "cancel", "contact", "withdraw")
    places = ["", f"{token}/", f"{make_token()}/", "lock/", "new-link/", "new-link/asked/", "times/"]
    places += [f"times/?time={held.pk}", "times/?time=none", f"times/{held.pk}/", "visit.ics"]
    for place in [*places, *(f"{act}/" for act in acts)]:
        response = getattr(visitor, method)(f"{prefix}/my-request/{place}")
        assert response.status_code in (200, 303, 404), place
    assert rows() == before
    assert visitor.look().status_code == 200, "the page is still open"


@pytest.mark.django_db
def test_a_link_shows_nothing_about_the_person_or_the_request(visitor: Visitor) -> None:
    person = make_person(full_name="Unheard Of", email="unheard.of@example.com", phone="+14805550177")
    request = make_request(Status.SCHEDULED, person=person)
    _link, token = make_link(request)
    page = visitor.look(f"{token}/").content.decode()
    known = ["Unheard", "unheard.of", "0177", "1980", request.reference, request.shown_reference, "igraine"]
    assert [text for text in known if text in page.replace("March 27, 1980", "")] == []
    assert visitor.cookies.get("my-request") is None


@pytest.mark.parametrize("what", ["unknown", "expired", "shut", "no page wanted", "cut", "long", "odd"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_whatever_opens_nothing_gets_the_same_page(visitor: Visitor, what: str, method: str) -> None:
    fields: dict[str, Any] = {"no_online_page": "yes"} if what == "no page wanted" else {}
    link, token = make_link(make_request(person=make_person(**fields)))
    now = timezone.now()
    if what == "expired":
        Link.objects.filter(pk=link.pk).update(created_at=now - dt.timedelta(days=9), expires_at=now)
    if what == "shut":
        Link.objects.filter(pk=link.pk).update(revoked_at=now)
    odd = {"unknown": make_token(), "cut": token[:-1], "long": token + "x", "odd": "a%20b'%3C"}
    asked = odd.get(what, token)
    data = BORN if method == "post" else {}
    response = getattr(visitor, method)(f"/my-request/{asked}/", data)
    reference = visitor.look(f"{make_token()}/")
    assert response.status_code == reference.status_code == 404
    assert plain(response.content) == plain(reference.content)
    assert b"Get a new link" in response.content
    assert "my-request" not in visitor.cookies


def test_the_birth_date_opens_the_page_at_an_address_without_the_token(visitor: Visitor) -> None:
    _link, token = make_link(make_request())
    response = visitor.post(f"/my-request/{token}/", BORN)
    assert (response.status_code, response["Location"]) == (303, "/my-request/")
    page = visitor.look().content.decode()
    assert "We have your request" in page
    assert token not in page


def test_an_open_page_is_not_asked_for_twice_by_the_next_mail(visitor: Visitor) -> None:
    request = make_request()
    visitor.unlock(request)
    _link, token = make_link(request)
    assert visitor.look(f"{token}/").status_code == 303
    _other, other = make_link(make_request())
    assert visitor.look(f"{other}/").status_code == 200


def test_wrong_dates_are_counted_down_until_the_link_rests(visitor: Visitor) -> None:
    _link, token = make_link(make_request())
    for left in ("4 tries", "3 tries", "2 tries", "1 try"):
        response = visitor.post(f"/my-request/{token}/", WRONG)
        page = response.content.decode()
        assert (response.status_code, f"You have {left} left" in page) == (200, True)
        assert 'value="1981"' in page, "what was typed stays"
        assert "<title>Error:" in page
    assert visitor.post(f"/my-request/{token}/", WRONG).status_code == 429
    resting = visitor.post(f"/my-request/{token}/", BORN)
    assert resting.status_code == 429
    assert b"This link rests" in resting.content
    assert "my-request" not in visitor.cookies
    with every_clock_at(timezone.now() + REST + dt.timedelta(seconds=5)):
        assert visitor.post(f"/my-request/{token}/", BORN).status_code == 303


def test_a_date_goes_along_to_the_other_language_and_costs_no_try(visitor: Visitor) -> None:
    _link, token = make_link(make_request())
    before = rows()
    assert f'form="questions" formaction="/es/my-request/{token}/"' in visitor.look(f"{token}/").text
    shown = visitor.post(f"/es/my-request/{token}/", {**BORN, "birth_date_day": "thirty", "show_in": "es"})
    assert (shown.status_code, shown["Content-Language"]) == (200, "es")
    assert 'value="thirty"' in shown.text and "<title>Error" not in shown.text
    assert "my-request" not in visitor.cookies
    assert rows() == before


def test_what_a_new_link_is_asked_with_goes_along_to_the_other_language(visitor: Visitor) -> None:
    request = make_request()
    before = rows()
    assert 'form="questions" formaction="/es/my-request/new-link/"' in visitor.look("new-link/").text
    data = {"reference": request.shown_reference, "email": "half@", "show_in": "es"}
    shown = visitor.post("/es/my-request/new-link/", data).text
    assert f'value="{request.shown_reference}"' in shown and 'value="half@"' in shown
    assert rows() == before


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"birth_date_month": ""}, "Birth date must include a month"),
        ({"birth_date_day": "41"}, "Day must be a number from 1 to 31"),
        ({"birth_date_year": "80"}, "Year must have 4 digits"),
        ({"birth_date_day": "31", "birth_date_month": "2"}, "Birth date must be a real date"),
    ],
)
def test_a_slip_of_the_pen_costs_no_try(visitor: Visitor, changed: dict[str, str], words: str) -> None:
    link, token = make_link(make_request())
    response = visitor.post(f"/my-request/{token}/", BORN | changed)
    assert words in response.content.decode()
    link.refresh_from_db()
    assert link.wrong_tries == 0


def test_the_cookie_cannot_be_read_by_a_script_and_tells_nothing(visitor: Visitor) -> None:
    request = make_request()
    visitor.unlock(request)
    cookie = visitor.cookies["my-request"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"]) == (
        True,
        "Lax",
        "/",
        "",
    )
    assert cookie["max-age"] == OPEN_FOR.total_seconds()
    told = [request.reference, str(request.pk), request.pk.hex, request.person.email]
    assert [text for text in told if text in cookie.value] == []


def test_over_https_the_cookie_is_bound_to_this_host(visitor: Visitor, settings: Any) -> None:
    settings.HTTPS = True
    _link, token = make_link(make_request())
    visitor.post(f"/my-request/{token}/", BORN)
    cookie = visitor.cookies["__Host-my-request"]
    assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")


def test_each_page_opens_it_for_fifteen_minutes_more(visitor: Visitor) -> None:
    at = timezone.now()
    visitor.unlock(make_request())
    for _page in range(3):
        at += OPEN_FOR - dt.timedelta(seconds=5)
        with database_time(at):
            assert b"We have your request" in visitor.look().content
    with database_time(at + OPEN_FOR + dt.timedelta(seconds=5)):
        response = visitor.look()
    assert b"This page is locked" in response.content
    assert b"We have your request" not in response.content


@pytest.mark.parametrize("key", ["", "x", "a:b:c", "\u00fc", "0" * 5000])
def test_a_forged_key_opens_nothing(visitor: Visitor, key: str) -> None:
    visitor.cookies["my-request"] = key
    assert b"This page is locked" in visitor.look().content


def test_locking_takes_a_button(visitor: Visitor) -> None:
    visitor.unlock(make_request())
    assert visitor.look("lock/").status_code == 303
    assert b"We have your request" in visitor.look().content
    copied = visitor.cookies["my-request"].value
    assert visitor.do("lock").status_code == 303
    assert b"This page is locked" in visitor.look().content
    visitor.cookies["my-request"] = copied
    assert b"This page is locked" in visitor.look().content
    assert visitor.do("write", text="From a copied cookie").status_code == 403


def test_a_lock_that_cannot_be_had_says_so_and_offers_the_button_again(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.unlock(make_request())
    with monkeypatch.context() as away:
        away.setattr(actions, "lock", mock.Mock(side_effect=OperationalError("away")))
        answer = visitor.do("lock")
    assert answer.status_code == 503
    assert "Not received yet" in answer.text
    assert "Lock this page" in answer.text
    assert visitor.do("lock").status_code == 303
    assert b"This page is locked" in visitor.look().content


def test_a_link_that_is_shut_closes_open_pages_too(visitor: Visitor) -> None:
    request = make_request()
    visitor.unlock(request)
    actions.revoke_links(request, by=everybody())
    assert b"This page is locked" in visitor.look().content


def test_a_message_to_a_locked_page_is_given_back(visitor: Visitor) -> None:
    response = visitor.do("write", text="The long message <b>I</b> wrote")
    assert response.status_code == 403
    assert b"The long message &lt;b&gt;I&lt;/b&gt; wrote" in response.content


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_nothing_here_is_kept_by_caches_or_search_engines(visitor: Visitor, prefix: str) -> None:
    _link, token = make_link(make_request())
    for place in (f"{token}/", "", "new-link/", f"{make_token()}/"):
        response = visitor.get(f"{prefix}/my-request/{place}")
        assert response["Cache-Control"] == "no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "same-origin"


def renewals(request: ConsultationRequest) -> int:
    return Message.objects.filter(request=request, notice=Notice.NEW_LINK).count()


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("booking.actions.links.RENEWAL_TAKES", 0.0)


@pytest.mark.usefixtures("no_waiting")
def test_a_new_link_is_asked_for_with_reference_and_email_and_answered_alike(visitor: Visitor) -> None:
    request, other = make_request(), make_request()
    pages = []
    for reference, email in (
        (request.shown_reference, request.person.email.upper()),
        (other.shown_reference, request.person.email),
        (request.shown_reference, "someone.else@example.com"),
    ):
        response = visitor.do("new-link", reference=reference, email=email)
        assert (response.status_code, response["Location"]) == (303, "/my-request/new-link/asked/")
        pages.append(plain(visitor.get(response["Location"]).content))
    assert len(set(pages)) == 1
    assert (renewals(request), renewals(other)) == (1, 0)
    assert mail.outbox == [], "the page itself sends nothing"


@pytest.mark.usefixtures("no_waiting")
def test_asking_for_a_link_again_and_again_sends_one(visitor: Visitor) -> None:
    request = make_request()
    for _again in range(5):
        data = {"reference": request.reference, "email": request.person.email}
        assert visitor.do("new-link", **data).status_code == 303
    assert renewals(request) == 1


def test_a_slip_in_the_reference_is_told_whether_or_not_there_is_one(visitor: Visitor) -> None:
    reference = make_request().reference
    slip = ("2" if reference[0] != "2" else "3") + reference[1:]
    page = visitor.do("new-link", reference=slip, email="someone@example.com").content.decode()
    assert "A letter or digit of the reference is not right" in page
    assert slip in page
    assert "someone@example.com" in page


def test_staff_can_offer_while_the_patient_is_at_the_door(visitor: Visitor) -> None:
    request = make_request(Status.IN_REVIEW)
    _link, token = make_link(request)
    visitor.look(f"{token}/")
    actions.offer_times(request, offered_times(), by=everybody())
    visitor.post(f"/my-request/{token}/", BORN)
    assert b"Choose one of these times" in visitor.look().content
