"""Bad input on the pages of the calendar: a sentence, the present state, and nothing changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from booking import actions
from booking.models import Absence, ConsultationRequest, FreedTime, Schedule, Visit, WorkingHours
from booking.models.visit import VisitState
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.booking.admin.conftest import page, seen
from tests.factories import begin_visit, everybody, make_clinician, make_request
from treatments.models import Clinic, Clinician, Closure

pytestmark = pytest.mark.django_db
# A Monday at half past nine in the morning in Phoenix.
MONDAY = dt.datetime(2026, 11, 30, 16, 30, tzinfo=dt.UTC)
TUESDAY_AT_TEN = MONDAY + dt.timedelta(hours=24.5)
CALENDAR = "/admin/booking/visit/"
DAYS = (
    "0001-01-01", "9999-12-31", "2026-02-30", "-1", "٢٠٢٦-١٢-٠١", "1e9", "2029-01-01",
)  # fmt: skip
KEYS = ("-1", "0", "999999999", "99999999999999999999", "٣", "x", "1 OR 1=1", "1/2/3", "")
MOMENTS = (
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:45:00-12:00", "2026-12-01T10:00:00",
    "2026-12-01T10:07:00-07:00", "2026-12-01", "2026-12-01T10:00:00+23:59", "2036-12-01T10:00:00-07:00",
    "2026-11-20T10:00:00-07:00", "",
)  # fmt: skip


@pytest.fixture(autouse=True)
def clinic(db: None) -> Iterator[Clinic]:
    with time_machine.travel(MONDAY, tick=False):
        yield Clinic.objects.create(name="A clinic", phone="+14805550100", emergency_line="Call 911.")


@pytest.fixture
def clinician() -> Clinician:
    return make_clinician()


def state() -> list[Any]:
    """Return whatever a page of the calendar could change."""
    tables = (ConsultationRequest, Visit, FreedTime)
    return [list(table.objects.order_by("pk").values_list()) for table in tables]


@pytest.mark.parametrize("view", ["day", "week", "year"])
def test_the_calendar_shows_what_there_is(nurse: Client, clinician: Clinician, view: str) -> None:
    for name, values in (("day", DAYS), ("clinician", KEYS[:-1])):
        for typed in values:
            answer = nurse.get(CALENDAR, {"view": view, name: typed})
            assert answer.status_code == 200, typed
            assert "That day or clinician is not on the calendar." in answer.text, typed
            assert str(clinician) in answer.text


@pytest.mark.parametrize("verb", [Verb.OFFER_TIMES, Verb.BOOK_TIME, Verb.MOVE_VISIT])
def test_the_pages_of_times_show_what_there_is(nurse: Client, clinician: Clinician, verb: Verb) -> None:
    made = make_request(Status.IN_REVIEW)
    if verb == Verb.MOVE_VISIT:
        made = actions.book_time(made, clinician, TUESDAY_AT_TEN, by=everybody())
    before = state()
    for typed in KEYS:
        asked = dict.fromkeys(("clinician", "week", "kind", "time"), typed)
        assert nurse.get(page(made, verb), asked).status_code == 200, typed
    for place in ("x/y/z", "////", "-1/-1/-1"):
        assert nurse.post(page(made, verb), seen(made, show=place)).status_code == 200, place
    for moment in MOMENTS:
        time = f"{clinician.pk}/{moment}"
        sent = seen(made, time=time, times=time, hold_days="2", text="", confirm="1", place="x/y/z")
        assert nurse.post(page(made, verb), sent).status_code in (200, 409), moment
    assert state() == before


@pytest.mark.parametrize(
    "field",
    [
        {"seen_version": "-1"},
        {"seen_version": "x"},
        {"kind": "x"},
        {"hold_days": "99"},
        {"text": "x" * 5_000},
    ],
)
def test_a_tampered_field_holds_nothing(nurse: Client, clinician: Clinician, field: dict[str, str]) -> None:
    made = make_request(Status.IN_REVIEW)
    before = state()
    time = f"{clinician.pk}/{TUESDAY_AT_TEN.isoformat()}"
    sent = seen(made, times=time, hold_days="2", text="", confirm="1") | field
    assert nurse.post(page(made, Verb.OFFER_TIMES), sent).status_code == 200
    assert state() == before


def _close(clinician: Clinician) -> None:
    Closure.objects.create(clinic=Clinic.objects.get(), starts_on="2026-12-01", ends_on="2026-12-01")


def _send_away(clinician: Clinician) -> None:
    plan = Schedule.objects.create(clinician=clinician)
    Absence.objects.create(
        schedule=plan, starts_at=TUESDAY_AT_TEN, ends_at=TUESDAY_AT_TEN + dt.timedelta(hours=1)
    )


def _change_hours(clinician: Clinician) -> None:
    plan = Schedule.objects.create(clinician=clinician)
    WorkingHours.objects.create(schedule=plan, weekday=2, starts=dt.time(8), ends=dt.time(17))


def _stop(clinician: Clinician) -> None:
    Schedule.objects.create(clinician=clinician, takes_visits=False)


def _take_off_the_site(clinician: Clinician) -> None:
    Clinician.objects.filter(pk=clinician.pk).update(is_demo=False, published=False)


def _remove(clinician: Clinician) -> None:
    clinician.delete()


MEANWHILE: dict[Callable[[Clinician], None], str] = {
    _close: "The clinic is closed then.",
    _send_away: "The clinician is away then.",
    _change_hours: "The clinician does not see patients then.",
    _stop: "This clinician cannot be booked any more.",
    _take_off_the_site: "This clinician cannot be booked any more.",
    _remove: "This clinician cannot be booked any more.",
}


@pytest.mark.parametrize("verb", [Verb.OFFER_TIMES, Verb.BOOK_TIME, Verb.MOVE_VISIT])
@pytest.mark.parametrize(
    ("meanwhile", "sentence"), MEANWHILE.items(), ids=lambda one: getattr(one, "__name__", "")
)
def test_what_changed_between_the_page_and_the_click_is_said(
    nurse: Client, clinician: Clinician, verb: Verb, meanwhile: Callable[[Clinician], None], sentence: str
) -> None:
    made = make_request(Status.IN_REVIEW)
    if verb == Verb.MOVE_VISIT:
        made = actions.book_time(made, make_clinician(), TUESDAY_AT_TEN, by=everybody())
    time = f"{clinician.pk}/{TUESDAY_AT_TEN.isoformat()}"
    sent = seen(made, time=time, times=time, hold_days="2", text="", confirm="1")
    meanwhile(clinician)
    before = state()
    answer = nurse.post(page(made, verb), sent)
    assert answer.status_code == 409
    assert sentence in answer.text
    assert state() == before


@pytest.mark.parametrize("verb", [Verb.OFFER_TIMES, Verb.BOOK_TIME, Verb.MOVE_VISIT, Verb.CANCEL_VISIT])
def test_a_form_that_grew_stale_changes_nothing(nurse: Client, clinician: Clinician, verb: Verb) -> None:
    made = make_request(Status.IN_REVIEW)
    if verb in (Verb.MOVE_VISIT, Verb.CANCEL_VISIT):
        made = actions.book_time(made, clinician, TUESDAY_AT_TEN, by=everybody())
    time = f"{clinician.pk}/{(TUESDAY_AT_TEN + dt.timedelta(hours=1)).isoformat()}"
    sent = seen(made, time=time, times=time, hold_days="2", text="", confirm="1", reason="clinic")
    actions.assign(made, everybody().user, by=everybody())
    before = state()
    answer = nurse.post(page(made, verb), sent)
    assert answer.status_code == 409
    assert state() == before
    assert "Demo Colleague" in answer.text, "who was quicker"


@pytest.mark.parametrize("verb", [Verb.MOVE_VISIT, Verb.CANCEL_VISIT])
def test_a_visit_that_has_begun_is_neither_moved_nor_cancelled(nurse: Client, verb: Verb) -> None:
    made = make_request(Status.SCHEDULED)
    begin_visit(made)
    before = state()
    time = f"{made.visit.clinician_id}/{TUESDAY_AT_TEN.isoformat()}"
    answer = nurse.post(page(made, verb), seen(made, time=time, reason="clinic", text=""))
    assert answer.status_code == 409
    assert "begun" in answer.text
    assert state() == before


@pytest.mark.parametrize("verb", [Verb.MARK_SEEN, Verb.MARK_NO_SHOW])
def test_a_visit_to_come_is_not_over_yet(reception: Client, clinician: Clinician, verb: Verb) -> None:
    made = actions.book_time(make_request(), clinician, TUESDAY_AT_TEN, by=everybody())
    before = state()
    assert reception.post(page(made, verb), seen(made)).status_code == 409
    assert state() == before


def test_staff_who_book_what_lapsed_meanwhile_book_it_once(nurse: Client, clinician: Clinician) -> None:
    made = actions.offer_times(make_request(Status.IN_REVIEW), [(clinician, TUESDAY_AT_TEN)], by=everybody())
    sent = seen(made, time=f"{clinician.pk}/{TUESDAY_AT_TEN.isoformat()}")
    Visit.objects.update(held_until=MONDAY)
    actions.lapse_offers(made, by=actions.Actor.system())
    assert nurse.post(page(made, Verb.BOOK_TIME), sent).status_code == 409
    made.refresh_from_db()
    assert nurse.post(page(made, Verb.BOOK_TIME), {**sent, **seen(made)}).status_code == 302
    assert Visit.objects.get(state=VisitState.BOOKED).starts_at == TUESDAY_AT_TEN


@pytest.mark.parametrize("key", ["0", "99999999999999999999999"])
def test_the_feed_of_nobody_is_not_found(reception: Client, key: str) -> None:
    for method in (reception.get, reception.post):
        assert method(f"{CALENDAR}feed/{key}/").status_code == 404


def test_a_feed_ends_at_the_second_press_too(reception: Client, clinician: Clinician) -> None:
    feed = f"{CALENDAR}feed/{clinician.pk}/"
    for _press in range(2):
        answer = reception.post(feed, {"revoke": "1"})
        assert answer.status_code == 200
        assert "There is no address at present." in answer.text
