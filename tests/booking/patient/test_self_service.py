"""What patients do: once, with what they typed kept, and never with somebody else's time."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError

from booking import actions
from booking.actions import Actor
from booking.models import ConsultationRequest, Letter, Link, Message, Visit
from booking.models.visit import VisitState
from booking.patient.forms import LONGEST_TEXT
from booking.rules.notices import Notice
from booking.rules.statuses import Status
from tests.booking.forms.bad_input import EVERYTHING
from tests.booking.patient.conftest import Visitor
from tests.booking.patient.rows import rows
from tests.booking.patient.test_page import words
from tests.factories import everybody, make_person, make_request, offered_times

ME = Actor.patient()


def opened(visitor: Visitor, status: Status, **fields: Any) -> ConsultationRequest:
    request = make_request(status, **fields)
    visitor.unlock(request)
    return request


def held(request: ConsultationRequest) -> list[Visit]:
    return list(request.visits.on_offer())


def test_a_time_is_chosen_asked_about_and_booked(visitor: Visitor) -> None:
    request = opened(visitor, Status.TIMES_OFFERED)
    wanted = held(request)[1]
    chosen = visitor.look(f"times/?time={wanted.pk}")
    assert (chosen.status_code, chosen["Location"]) == (303, f"/my-request/times/{wanted.pk}/")
    asked = visitor.get(chosen["Location"])
    assert "Nothing is booked until you press the button." in words(asked)
    response = visitor.do(f"times/{wanted.pk}", version=asked.context["consultation"].version)
    assert (response.status_code, response["Location"]) == (303, "/my-request/")
    request.refresh_from_db()
    assert (request.status, request.visit) == (Status.SCHEDULED, wanted)
    assert "Your visit is booked." in words(visitor.look())


def test_a_second_click_shows_the_booked_visit(visitor: Visitor) -> None:
    request = opened(visitor, Status.TIMES_OFFERED)
    first, second = held(request)[:2]
    version = request.version
    assert visitor.do(f"times/{first.pk}", version=version).status_code == 303
    before = rows()
    for visit in (first, second):
        again = visitor.do(f"times/{visit.pk}", version=version)
        assert again.status_code == 409
        assert "A visit is agreed already." in words(again)
        assert "A visit is agreed already." in words(visitor.look(f"times/{visit.pk}/"))
    assert rows() == before


def test_only_times_held_for_this_request_can_be_taken(visitor: Visitor) -> None:
    request = opened(visitor, Status.TIMES_OFFERED)
    other = make_request(Status.TIMES_OFFERED)
    past = make_request(Status.TIMES_OFFERED)
    actions.decline_times(past, by=ME)
    before = rows()
    foreign = [held(other)[0].pk, past.visits.first().pk, uuid4()]
    for pk in foreign:
        for response in (
            visitor.look(f"times/{pk}/"),
            visitor.look(f"times/?time={pk}"),
            visitor.do(f"times/{pk}", version=request.version),
        ):
            assert "We no longer hold that time." in words(response)
            assert "Choose one of these times" in words(response)
    assert rows() == before
    for odd in ("%00", "none%27", "x" * 3000):
        assert visitor.look(f"times/?time={odd}").status_code in (200, 400)


def test_continue_without_a_choice_is_a_problem_to_mend(visitor: Visitor) -> None:
    opened(visitor, Status.TIMES_OFFERED)
    response = visitor.look("times/")
    body = response.content.decode()
    assert "<title>Error: My request" in body
    assert 'href="#id_time_0"' in body and 'id="id_time_0"' in body


def test_none_of_these_keeps_what_would_suit(visitor: Visitor) -> None:
    request = opened(visitor, Status.TIMES_OFFERED)
    assert visitor.look("times/?time=none")["Location"] == "/my-request/none-suit/"
    data = {"times": ["mon-am", "fri-pm"], "text": "Not before 10.", "version": request.version}
    assert visitor.do("none-suit", **data).status_code == 303
    request.refresh_from_db()
    assert request.status == Status.IN_REVIEW
    assert request.person.wished_times == ("mon-am", "fri-pm")
    assert request.letters.get().text == "Not before 10."
    page = words(visitor.look())
    assert "We look for other times." in page and "Not before 10." in page


def test_nothing_checked_leaves_the_wishes_as_they_were(visitor: Visitor) -> None:
    person = make_person(times=("wed-am",))
    request = opened(visitor, Status.TIMES_OFFERED, person=person)
    visitor.do("none-suit", text="", version=request.version)
    request.refresh_from_db()
    assert request.person.wished_times == ("wed-am",)


def test_a_visit_that_is_asked_to_move_stays_until_staff_move_it(visitor: Visitor) -> None:
    request = opened(visitor, Status.SCHEDULED)
    visitor.do("move", times=["tue-am"], text="I have no ride.", version=request.version)
    page = words(visitor.look())
    assert "You asked for another time. This one stays yours" in page
    request.refresh_from_db()
    assert (request.status, request.news) == (Status.SCHEDULED, "move")


def test_a_visit_is_cancelled_once_however_often_the_button_is_pressed(visitor: Visitor) -> None:
    request = opened(visitor, Status.SCHEDULED)
    visit = request.visit
    assert visitor.do("cancel", text="", version=request.version).status_code == 303
    before = rows()
    again = visitor.do("cancel", text="", version=request.version)
    assert again.status_code == 409
    assert "Your visit is cancelled" in words(again)
    assert rows() == before
    visit.refresh_from_db()
    assert visit.state == VisitState.CANCELLED


def test_a_request_is_taken_back_and_its_times_are_free(visitor: Visitor) -> None:
    request = opened(visitor, Status.TIMES_OFFERED)
    assert "You cannot undo this." in words(visitor.look("withdraw/"))
    assert visitor.do("withdraw", version=request.version).status_code == 303
    assert "Your request is taken back." in words(visitor.look())
    assert held(request) == []


def test_a_message_sent_twice_is_kept_once_and_staff_hear_of_it(visitor: Visitor) -> None:
    request = opened(visitor, Status.WAITING_FOR_PATIENT)
    data = {"text": "Mondays suit me.\r\n\r\nThank you.", "version": request.version}
    for _press in range(3):
        assert visitor.do("write", **data).status_code == 303
    letters = Letter.objects.filter(request=request, direction="to-clinic")
    assert [letter.text for letter in letters] == ["Mondays suit me.\n\nThank you."]
    assert Message.objects.filter(request=request, notice=Notice.STAFF_PATIENT).count() == 1
    assert "We have your message." in words(visitor.look())


def test_a_message_written_while_staff_acted_is_kept_all_the_same(visitor: Visitor) -> None:
    request = opened(visitor, Status.IN_REVIEW)
    version = request.version
    actions.offer_times(request, offered_times(), by=everybody())
    assert visitor.do("write", text="One more thing.", version=version).status_code == 303
    assert request.letters.get(direction="to-clinic").text == "One more thing."


def test_an_empty_or_endless_message_is_a_problem_to_mend(visitor: Visitor) -> None:
    request = opened(visitor, Status.IN_REVIEW)
    empty = visitor.do("write", text="  \n ", version=request.version)
    assert "Write your message first" in words(empty)
    endless = visitor.do("write", text="x" * (LONGEST_TEXT + 1), version=request.version)
    assert f"must be {LONGEST_TEXT} characters or fewer" in words(endless)
    assert "x" * (LONGEST_TEXT + 1) in endless.content.decode()
    assert not request.letters.exists()
    assert visitor.do("write", text="x" * LONGEST_TEXT, version=request.version).status_code == 303


def test_after_twenty_messages_in_a_day_the_page_says_to_call(visitor: Visitor) -> None:
    request = opened(visitor, Status.IN_REVIEW)
    for number in range(20):
        request = actions.reply(request, f"Message {number}", by=ME)
    response = visitor.do("write", text="The last straw", version=request.version)
    assert response.status_code == 409
    assert "You have written a lot today." in words(response)
    assert "The last straw" in words(response)


def test_what_was_typed_stays_when_something_changed_meanwhile(visitor: Visitor) -> None:
    request = opened(visitor, Status.SCHEDULED)
    version = request.version
    actions.answer(request, "See you then.", by=everybody())
    response = visitor.do("move", times=["tue-am"], text="I have no ride.", version=version)
    page = words(response)
    assert response.status_code == 409
    assert "Something changed while you were reading." in page and "I have no ride." in page
    again = visitor.do(
        "move", times=["tue-am"], text="I have no ride.", version=response.context["consultation"].version
    )
    assert again.status_code == 303


@pytest.mark.parametrize("version", ["0", "999999999", "-1", "1e3", "٣", "x" * 999, "1; DROP"])
def test_a_forged_version_matches_none(visitor: Visitor, version: str) -> None:
    request = opened(visitor, Status.SCHEDULED)
    assert visitor.do("cancel", text="", version=version).status_code == 409
    request.refresh_from_db()
    assert request.status == Status.SCHEDULED


def change(visitor: Visitor, request: ConsultationRequest, **typed: str) -> Any:
    return visitor.do("contact", version=request.version, **typed)


def test_new_contact_details_are_shown_once_more_before_they_are_kept(visitor: Visitor) -> None:
    request = opened(visitor, Status.SCHEDULED)
    old = request.person
    asked = change(visitor, request, phone="520 555 0188", email="new.address@example.com")
    assert "Nothing is changed yet." in words(asked)
    request.refresh_from_db()
    assert request.person == old
    shown = {name: asked.context["form"][name].value() for name in ("phone", "email")}
    assert change(visitor, request, confirmed="1", **shown).status_code == 303
    request.refresh_from_db()
    assert (request.person.phone, request.person.email) == ("+15205550188", "new.address@example.com")
    assert "Ends in 0188" in words(visitor.look()), "this page stays open, links of the old address shut"
    assert Link.objects.alive().filter(request=request).count() == 1


def test_one_detail_alone_leaves_the_other(visitor: Visitor) -> None:
    request = opened(visitor, Status.NEW)
    email = request.person.email
    change(visitor, request, phone="(520) 555-0188", email="", confirmed="1")
    request.refresh_from_db()
    assert (request.person.phone, request.person.email) == ("+15205550188", email)


def test_an_email_address_can_be_removed(visitor: Visitor) -> None:
    request = opened(visitor, Status.NEW)
    asked = change(visitor, request, phone="", email="", remove_email="on")
    assert "Removed. We call you instead." in words(asked)
    change(visitor, request, phone="", email="", remove_email="on", confirmed="1")
    request.refresh_from_db()
    assert request.person.email == ""
    assert "remove_email" not in visitor.look("contact/").content.decode()


def test_a_slip_in_the_new_address_is_asked_about_and_never_insisted_on(visitor: Visitor) -> None:
    request = opened(visitor, Status.NEW)
    asked = change(visitor, request, phone="", email="someone@gmial.com")
    assert "someone@gmail.com" in words(asked)
    taken = change(visitor, request, phone="", email="someone@gmial.com", take_email="1")
    assert taken.context["form"]["email"].value() == "someone@gmail.com"
    assert change(visitor, request, phone="", email="someone@gmial.com", confirmed="1").status_code == 303
    request.refresh_from_db()
    assert request.person.email == "someone@gmial.com"


def test_going_back_from_the_check_keeps_what_was_typed(visitor: Visitor) -> None:
    request = opened(visitor, Status.NEW)
    back = change(visitor, request, phone="(520) 555-0188", email="a@example.com", confirmed="1", change="1")
    body = back.content.decode()
    assert 'value="(520) 555-0188"' in body and 'value="a@example.com"' in body


def test_nothing_to_change_and_both_at_once_are_problems(visitor: Visitor) -> None:
    request = opened(visitor, Status.NEW)
    assert "Enter what should change" in words(change(visitor, request, phone="", email=""))
    both = change(visitor, request, phone="", email="a@example.com", remove_email="on")
    assert "but not both" in words(both)


@pytest.mark.parametrize("typed", EVERYTHING, ids=range(len(EVERYTHING)))
def test_no_input_breaks_a_page_and_stored_equals_shown(visitor: Visitor, typed: str) -> None:
    request = opened(visitor, Status.TIMES_OFFERED)
    for act, data in (
        ("contact", {"phone": typed, "email": typed}),
        ("contact", {"phone": typed, "email": typed, "confirmed": "1"}),
        ("write", {"text": typed}),
    ):
        response = visitor.do(act, **data)
        assert response.status_code in (200, 303, 409), act
    page = visitor.look()
    assert page.status_code == 200
    for letter in request.letters.all():
        shown = page.context["letters"]
        assert letter.text in [one.text for one in shown]
        assert "<script>alert" not in page.content.decode()
    assert visitor.post("/my-request/new-link/", {"reference": typed, "email": typed}).status_code in (
        200,
        303,
    )
    assert visitor.do("none-suit", times=[typed], text=typed).status_code in (200, 303)


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"text=%00", b"text=" + b"a" * 900_000])
def test_odd_bodies_are_answered(visitor: Visitor, body: bytes) -> None:
    opened(visitor, Status.NEW)
    kind = "application/x-www-form-urlencoded"
    assert visitor.post("/my-request/write/", body, content_type=kind).status_code in (200, 303, 400)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_change_nothing(visitor: Visitor, method: str) -> None:
    request = opened(visitor, Status.SCHEDULED)
    before = rows()
    for place in ("", "cancel/", "withdraw/", "lock/", "visit.ics", f"times/{uuid4()}/"):
        assert getattr(visitor, method)(f"/my-request/{place}").status_code == 405
    assert rows() == before
    request.refresh_from_db()


@pytest.mark.django_db
def test_forms_from_elsewhere_are_refused() -> None:
    strict = Visitor(enforce_csrf_checks=True)
    for place in ("write/", "lock/", "new-link/", f"{'x' * 43}/"):
        assert strict.post(f"/my-request/{place}", {"text": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("act", "typed"),
    [
        ("write", {"text": "My <long> message"}),
        ("none-suit", {"text": "Not on Mondays", "times": ["tue-am"]}),
        ("contact", {"phone": "(520) 555-0188", "email": "a@example.com"}),
    ],
)
def test_while_the_database_is_away_what_was_typed_comes_back(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, act: str, typed: dict[str, Any]
) -> None:
    request = opened(visitor, Status.TIMES_OFFERED)
    before = rows()

    def away(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("connection refused")

    with monkeypatch.context() as patch:
        patch.setattr("booking.actions.opened_link", away)
        response = visitor.do(act, version=request.version, **typed)
    body = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "Not received yet" in body
    for value in typed.values():
        assert [one for one in ([value] if isinstance(value, str) else value)
                if one.replace("<", "&lt;").replace(">", "&gt;") not in body] == []  # fmt: skip
    assert f'name="version" value="{request.version}"' in body
    assert rows() == before
    assert visitor.do(act, version=request.version, confirmed="1", **typed).status_code == 303


def test_while_the_database_is_away_the_button_that_books_comes_back(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = opened(visitor, Status.TIMES_OFFERED)
    place, version = f"times/{held(request)[0].pk}", request.version
    with monkeypatch.context() as patch:
        patch.setattr("booking.actions.opened_link", lambda _key: (_ for _ in ()).throw(OperationalError()))
        told = visitor.do(place, version=version)
    assert told.status_code == 503 and "Not received yet" in words(told)
    assert f'action="/my-request/{place}/"' in told.text and f'value="{version}"' in told.text
    assert visitor.do(place, version=version).status_code == 303


def test_a_message_of_unknown_outcome_pressed_again_is_kept_once(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = opened(visitor, Status.IN_REVIEW)
    real = actions.reply

    def breaks_after_commit(*args: Any, **kwargs: Any) -> None:
        real(*args, **kwargs)
        raise OperationalError("server closed the connection unexpectedly")

    data = {"text": "Only once", "version": request.version}
    with monkeypatch.context() as patch:
        patch.setattr("booking.actions.reply", breaks_after_commit)
        assert visitor.do("write", **data).status_code == 503
    assert visitor.do("write", **data).status_code == 303
    assert request.letters.count() == 1


def test_reading_while_the_database_is_away_is_a_503_that_shows_nothing(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(visitor, Status.NEW)
    visitor.raise_request_exception = False
    monkeypatch.setattr(
        "booking.actions.opened_link", lambda _key: (_ for _ in ()).throw(OperationalError("away"))
    )
    response = visitor.look()
    assert response.status_code == 503
    assert "my-request" in visitor.cookies, "the page opens again once the database is back"


OURS = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize(
    ("place", "typed"),
    [
        ("write/", {"text": "My <long> message"}),
        ("new-link/", {"reference": "ABCDE-12345", "email": "half@typed"}),
        (f"{'x' * 43}/", {"birth_date_day": "27"}),
    ],
)
@pytest.mark.django_db
def test_a_form_with_an_old_token_comes_back_as_it_was_typed(place: str, typed: dict[str, str]) -> None:
    strict = Visitor(enforce_csrf_checks=True)
    told = strict.post(f"/my-request/{place}", {**typed, "version": "3"}, headers=OURS)
    assert told.status_code == 403
    assert "Not received yet" in told.text and "This page was open for a long time" in told.text
    for value in typed.values():
        assert value.replace("<", "&lt;").replace(">", "&gt;") in told.text
    elsewhere = strict.post(f"/my-request/{place}", typed, headers={"Origin": "https://evil.example"})
    assert not any(value in elsewhere.text for value in typed.values())


def test_what_was_typed_goes_along_to_the_other_language(visitor: Visitor) -> None:
    request = opened(visitor, Status.TIMES_OFFERED)
    before = rows()
    page = visitor.look("none-suit/").text
    assert 'formaction="/es/my-request/none-suit/"' in page
    data = {"text": "Los martes <no>", "times": ["tue-am"], "version": request.version, "show_in": "es"}
    shown = visitor.post("/es/my-request/none-suit/", data).text
    assert "Los martes &lt;no&gt;" in shown and shown.count(" checked") == 1
    assert rows() == before


def test_a_message_on_my_request_goes_along_to_the_other_language_and_is_not_sent(visitor: Visitor) -> None:
    request = opened(visitor, Status.SCHEDULED)
    before = rows()
    page = visitor.look().text
    assert 'form="questions" formaction="/es/my-request/" name="show_in"' in page
    assert page.count('id="questions"') == 1
    data = {"text": "Half a <thought>\r\n\r\nmore", "version": request.version, "show_in": "es"}
    shown = visitor.post("/es/my-request/", data)
    assert (shown.status_code, shown["Content-Language"]) == (200, "es")
    assert "Half a &lt;thought&gt;\n\nmore</textarea>" in shown.text.replace("\r", "")
    assert 'action="/es/my-request/write/"' in shown.text and 'formaction="/my-request/"' in shown.text
    assert rows() == before


def test_what_was_not_sent_goes_along_too(visitor: Visitor) -> None:
    request = opened(visitor, Status.TIMES_OFFERED)
    gone = visitor.do(f"times/{uuid4()}", version=request.version, text="Kept words")
    assert gone.status_code == 409 and "Kept words" in words(gone)
    assert 'formaction="/es/my-request/"' in gone.text, "never the address that books"
    before = rows()
    shown = visitor.post("/es/my-request/", {"unsent": "Kept words", "text": "New words", "show_in": "es"})
    assert "Kept words" in words(shown) and "New words" in words(shown)
    assert rows() == before


def test_a_message_that_cannot_change_its_language_comes_back(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = opened(visitor, Status.NEW)
    data = {"text": "Mine", "version": request.version, "show_in": "es"}
    with monkeypatch.context() as patch:
        patch.setattr("booking.actions.opened_link", lambda _key: (_ for _ in ()).throw(OperationalError()))
        told = visitor.post("/es/my-request/", data)
    assert told.status_code == 503 and "Mine" in told.text
    assert 'action="/es/my-request/write/"' in told.text
    assert "Mine" in visitor.__class__().post("/my-request/", data).text, "a locked page gives it back too"


def test_pages_behind_the_link_lead_to_their_twins(visitor: Visitor) -> None:
    opened(visitor, Status.SCHEDULED)
    for place in ("", "new-link/", "new-link/asked/", "cancel/", "earlier/", "withdraw/"):
        assert f'"/es/my-request/{place}"' in visitor.look(place).text
        assert f'"/my-request/{place}"' in visitor.get(f"/es/my-request/{place}").text
