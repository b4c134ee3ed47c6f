"""Calls that staff planned: the form, the queue, the request page and the history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from booking import actions
from booking.models import ConsultationRequest
from booking.rules.reasons import ContactOutcome
from booking.rules.roles import Role
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.booking.admin.conftest import QUEUE, page, seen
from tests.factories import everybody, make_request
from treatments.models import Clinic

pytestmark = pytest.mark.django_db
# A Monday at ten in the morning in Phoenix.
NOW = dt.datetime(2026, 11, 30, 17, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[time_machine.Coordinates]:
    Clinic.objects.create(name="A clinic", phone="+14805550100", emergency_line="Call 911.")
    with time_machine.travel(NOW, tick=False) as travel:
        yield travel


def planned(hours: float, status: Status = Status.IN_REVIEW) -> ConsultationRequest:
    at = NOW + dt.timedelta(hours=hours)
    return actions.log_contact(
        make_request(status), ContactOutcome.VOICEMAIL, by=everybody(), call_back_at=at
    )


@pytest.mark.parametrize(
    ("values", "at"),
    [({"again": "soon"}, "2026-11-30T19:00Z"), ({"again": "morning"}, "2026-12-01T16:00Z"),
     ({"again": "afternoon"}, "2026-12-01T21:00Z"),
     ({"again": "date", "day": "2026-12-07"}, "2026-12-07T16:00Z"),
     ({"again": ""}, None), ({}, None)],
)  # fmt: skip
def test_what_is_chosen_is_kept(values: dict[str, str], at: str | None, reception: Client) -> None:
    made = make_request()
    answer = reception.post(page(made, Verb.LOG_CONTACT), seen(made, outcome="no-answer", **values))
    made.refresh_from_db()
    assert answer.status_code == 302
    assert made.call_back_at == (dt.datetime.fromisoformat(at) if at else None)


@pytest.mark.parametrize(
    ("values", "words"),
    [({"again": "date"}, "Select the day on which to call again"),
     ({"again": "date", "day": "2026-11-30"}, "That time is over"),
     ({"again": "date", "day": "2020-01-01"}, "That time is over"),
     ({"again": "date", "day": "2026-12-31"}, "Select a day in the next 30 days"),
     ({"again": "date", "day": "2026-12-05"}, "closed that day. The next open day is Monday, December 7"),
     ({"again": "date", "day": "2026-12-25"}, "closed that day. The next open day is Monday, December 28"),
     ({"again": "date", "day": "9999-12-31"}, "Select a day in the next 30 days"),
     ({"again": "date", "day": "0001-01-01"}, "That time is over"),
     ({"again": "date", "day": "soon"}, "Type a day of the calendar"),
     ({"again": "whenever"}, "Select one of the answers listed"),
     ({"again": "soon", "outcome": "reached"}, "You reached the patient"),
     ({"outcome": "later"}, "They asked for a call: select when")],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(values: dict[str, str], words: str, reception: Client) -> None:
    made = make_request()
    answer = reception.post(page(made, Verb.LOG_CONTACT), seen(made, **{"outcome": "no-answer", **values}))
    assert words in answer.text
    assert not made.events.filter(verb=Verb.LOG_CONTACT).exists()


def test_a_finished_request_is_called_about_but_not_again(reception: Client) -> None:
    made = make_request(Status.CLOSED)
    assert "When to call again?" not in reception.get(page(made, Verb.LOG_CONTACT)).text
    values = seen(made, outcome="later", again="soon")
    assert reception.post(page(made, Verb.LOG_CONTACT), values).status_code == 302
    made.refresh_from_db()
    assert made.call_back_at is None


def test_it_is_due_from_its_time_on(as_role: Callable[..., Client], clock: time_machine.Coordinates) -> None:
    made = planned(4)
    assert "data-row" not in as_role(Role.NURSE).get(QUEUE, {"show": "calls"}).text
    clock.move_to(NOW + dt.timedelta(hours=4))
    nurse = as_role(Role.NURSE)
    everything, text = nurse.get(QUEUE).text, nurse.get(QUEUE, {"show": "calls"}).text
    assert "Calls to make (1)" in everything
    assert made.shown_reference in text and text.count("data-row") == 1
    assert "Call back since 2 p.m." in text and "Call to make" not in text
    tile = next(tile for tile, _here in nurse.get(QUEUE).context["tiles"] if tile.show == "calls")
    assert (tile.count, tile.bad) == ("1", True)
    actions.log_contact(made, ContactOutcome.REACHED, by=everybody())
    assert "data-row" not in nurse.get(QUEUE, {"show": "calls"}).text


def test_since_another_day_is_told_with_the_day(
    as_role: Callable[..., Client], clock: time_machine.Coordinates
) -> None:
    planned(4)
    clock.move_to(NOW + dt.timedelta(days=1))
    assert "Call back since Mon, 2 p.m." in as_role(Role.NURSE).get(QUEUE, {"show": "calls"}).text


@pytest.mark.parametrize(("hours", "words"), [(4, "Call back today, 2 p.m."), (23, "Call back Tue, 9 a.m.")])
def test_the_request_page_tells_of_a_call_to_come(hours: float, words: str, reception: Client) -> None:
    made = planned(hours)
    assert words in reception.get(page(made)).text
    assert words in reception.get(page(made, Verb.LOG_CONTACT)).text


def test_once_it_is_due_the_page_asks_for_the_call(
    as_role: Callable[..., Client], clock: time_machine.Coordinates
) -> None:
    made = planned(4)
    clock.move_to(NOW + dt.timedelta(hours=5))
    answer = as_role(Role.RECEPTION).get(page(made))
    assert "Call back since 2 p.m." in answer.text
    assert "The time to call again has come." in answer.text
    assert answer.context["steps"].main.verb == Verb.LOG_CONTACT


def test_the_history_tells_what_was_planned(nurse: Client) -> None:
    text = nurse.get(page(planned(4), "history")).text
    assert "Called: left a message. Call back Nov 30, 2 p.m." in text
