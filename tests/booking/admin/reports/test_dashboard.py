"""The dashboard: its numbers are those of the requests, for the roles that may, on record, in few queries."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking import actions
from booking.admin.reports.dashboard_figures import figures
from booking.hours.clinic import today
from booking.models import AccessLog, ConsultationRequest, DailyCount
from booking.models.access import Look
from booking.models.message import Delivery
from booking.rules.figures import Span
from booking.rules.reasons import CloseReason
from booking.rules.roles import Role
from booking.rules.statuses import Status
from tests.factories import everybody, make_answers, make_call, make_request

pytestmark = pytest.mark.django_db
DASHBOARD = "/admin/dashboard/"
# A Wednesday at two in the afternoon in Phoenix; the clinic is open from eight to five and promises two days.
NOW = dt.datetime(2026, 11, 18, 21, tzinfo=dt.UTC)
SPAN = Span(dt.date(2026, 10, 26), dt.date(2026, 11, 18))


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def phoenix(day: int, hour: float, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, 7, tzinfo=dt.UTC) + dt.timedelta(hours=hour)


def asked(
    at: dt.datetime, reached: dt.datetime | None = None, *, topic: str = "migraine", **columns: object
) -> None:
    make_request(
        answers=make_answers(topic=topic),
        received_at=at, reply_by=at + dt.timedelta(days=30), first_contact_at=reached, **columns,
    )  # fmt: skip


def test_requests_are_counted_by_the_week_of_the_clinics_clock() -> None:
    asked(phoenix(8, 23.9))  # Sunday in Phoenix, Monday in UTC
    asked(phoenix(9, 0), topic="tmj")
    asked(phoenix(9, 12), topic="tmj")
    found = figures(SPAN, "", NOW)
    assert found.requests == {(dt.date(2026, 11, 2), "migraine"): 1, (dt.date(2026, 11, 9), "tmj"): 2}
    assert figures(SPAN, "tmj", NOW).requests == {(dt.date(2026, 11, 9), "tmj"): 2}


def test_waiting_is_counted_in_clinic_hours() -> None:
    asked(phoenix(6, 16), phoenix(9, 10))  # Friday four to Monday ten: one hour and two
    asked(phoenix(7, 12), phoenix(9, 9))  # Saturday to Monday nine: one
    asked(phoenix(10, 9), phoenix(10, 14))  # five on one day
    found = figures(SPAN, "", NOW)
    assert (found.wait.count, found.wait.half) == (3, 3.0)
    assert found.wait.most == pytest.approx(4.6)
    assert found.waits[dt.date(2026, 11, 2)].half == 2.0
    assert found.waits[dt.date(2026, 11, 9)].half == 5.0


def test_the_span_before_is_there_to_compare_with() -> None:
    asked(phoenix(13, 9, month=10), phoenix(13, 13, month=10))
    found = figures(SPAN, "", NOW)
    assert (found.wait.count, found.wait_before.half) == (0, 4.0)


def test_the_promise_is_the_one_made_on_arrival() -> None:
    # Promised by Wednesday at five: kept by minutes, missed by minutes, though later promises say otherwise.
    asked(phoenix(2, 10), phoenix(4, 16.9))
    asked(phoenix(2, 10), phoenix(5, 9))
    asked(phoenix(2, 10))  # nobody answered yet
    asked(phoenix(17, 10))  # not due yet
    week = dt.date(2026, 11, 2)
    found = figures(SPAN, "", NOW)
    assert (found.kept[week], found.due[week]) == (1, 3)
    assert found.due[dt.date(2026, 11, 16)] == 0


def test_what_ended_before_anybody_answered_breaks_no_promise() -> None:
    asked(phoenix(9, 10), status=Status.CLOSED, outcome_reason=CloseReason.SPAM)
    asked(phoenix(9, 10), status=Status.WITHDRAWN)
    assert sum(figures(SPAN, "", NOW).due.values()) == 0


def test_outcomes_steps_and_emergencies(as_role: Callable[..., Client]) -> None:
    actions.close(make_request(), CloseReason.UNREACHABLE, by=everybody())
    make_request(Status.SCHEDULED)
    make_call()
    for code in ("start", "start", "reason"):
        DailyCount.add("step", code, today())
    DailyCount.add("emergency", "HD-1", today())
    found = figures(SPAN, "", NOW)
    assert found.outcomes == {("closed", "unreachable"): 1, ("scheduled", ""): 1, ("new", ""): 1}
    assert (found.step, found.sent, found.emergency) == ({"start": 2, "reason": 1}, 2, {"HD-1": 1})
    text = as_role(Role.NURSE).get(DASHBOARD).text
    for words in ("Never reached", "Visit agreed", "Still open", "Told to call 911: 1.", "HD-1 The worst"):
        assert words in text


def test_failed_messages_lead_to_the_calls_to_make(as_role: Callable[..., Client]) -> None:
    made = make_request()
    made.messages.filter(notice="received").update(state=Delivery.FAILED)
    text = as_role(Role.NURSE).get(DASHBOARD).text
    assert "1 patient not called yet" in text and "?show=calls" in text


@pytest.mark.parametrize("role", [Role.NURSE, Role.MANAGER])
def test_opening_it_is_on_record(role: Role, as_role: Callable[..., Client]) -> None:
    answer = as_role(role).get(DASHBOARD)
    assert answer.status_code == 200 and "chart-drawing" not in answer.text
    assert AccessLog.objects.get().look == Look.FIGURES


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.CLINICIAN, Role.EDITOR])
@pytest.mark.parametrize("address", [DASHBOARD, DASHBOARD + "requests.csv"])
def test_others_are_refused_on_record(role: Role, address: str, as_role: Callable[..., Client]) -> None:
    assert as_role(role).get(address).status_code == 403
    assert [(one.look, one.codes["look"]) for one in AccessLog.objects.all()] == [(Look.DENIED, "figures")]


def test_no_record_no_figures(as_role: Callable[..., Client], monkeypatch: pytest.MonkeyPatch) -> None:
    asked(phoenix(9, 10))
    monkeypatch.setattr(AccessLog.objects, "create", _fails)
    answer = as_role(Role.NURSE).get(DASHBOARD)
    assert answer.status_code == 500 and "Requests per week" not in answer.text


def test_every_table_is_there_as_csv(as_role: Callable[..., Client]) -> None:
    asked(phoenix(9, 10), phoenix(9, 12), topic="tmj")
    nurse = as_role(Role.NURSE)
    own = {"range": "own", "from": "2026-11-09", "to": "2026-11-15"}
    text = nurse.get(DASHBOARD + "requests.csv", own).text
    rows = list(csv.reader(text.removeprefix("\ufeff").splitlines()))
    assert rows[0] == ["Week of", "Migraine", "Back", "Jaw", "Tension headache", "Something else", "All"]
    assert rows[1:] == [["Nov 9", "0", "0", "1", "0", "0", "1"]]
    for name in ("first-contact", "promise", "steps", "outcomes", "emergencies"):
        answer = nurse.get(f"{DASHBOARD}{name}.csv", own)
        assert answer["Content-Disposition"] == f'attachment; filename="{name}-2026-11-09-to-2026-11-15.csv"'
    assert nurse.get(DASHBOARD + "people.csv").status_code == 404
    assert text.startswith("\ufeff")
    kept = AccessLog.objects.order_by("pk").first()
    assert kept is not None and kept.codes == {
        "page": "requests.csv",
        "first": own["from"],
        "last": own["to"],
    }


@pytest.mark.parametrize(
    ("query", "words"),
    [({"range": "own", "from": "2026-11-09", "to": "2026-11-01"}, "must not come after"),
     ({"range": "own", "from": "1066-10-14", "to": "2026-11-01"}, "January 1, 2020"),
     ({"range": "own", "from": "2026-11-01", "to": "\"><b>"}, "both dates"),
     ({"range": "forever"}, "not one of ours"), ({"topic": "nonsense"}, "not one of ours")],
)  # fmt: skip
@pytest.mark.parametrize("address", [DASHBOARD, DASHBOARD + "requests.csv"])
def test_a_range_that_makes_no_sense_brings_a_sentence_and_no_figures(
    query: dict[str, str], words: str, address: str, as_role: Callable[..., Client]
) -> None:
    answer = as_role(Role.NURSE).get(address, query)
    assert answer.status_code == 400 and words in answer.text
    assert (
        "Requests per week" not in answer.text and "<b>" not in answer.text.split("<main")[1].split("form")[0]
    )


def test_what_was_counted_holds_for_five_minutes_and_says_since_when(as_role: Callable[..., Client]) -> None:
    nurse = as_role(Role.NURSE)
    assert "Nothing to show" in nurse.get(DASHBOARD).text
    asked(phoenix(9, 10))
    with time_machine.travel(NOW + dt.timedelta(minutes=4), tick=False):
        answer = nurse.get(DASHBOARD)
        assert "Counted at 9 p.m." in answer.text and "chart-drawing" not in answer.text
    with time_machine.travel(NOW + dt.timedelta(minutes=6), tick=False):
        answer = nurse.get(DASHBOARD)
        assert "Counted at 9:06 p.m." in answer.text and "chart-drawing" in answer.text


def test_few_queries_whatever_there_is(as_role: Callable[..., Client]) -> None:
    nurse, counts = as_role(Role.NURSE), list[int]()
    nurse.get(DASHBOARD)
    for _more in range(2):
        make_request(Status.DECLINED)
        asked(phoenix(9, 10), phoenix(9, 12))
        with CaptureQueriesContext(connection) as queries:
            nurse.get(DASHBOARD)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_the_range_is_read_from_an_index_alone() -> None:
    for _number in range(3):
        asked(phoenix(9, 10))
    with connection.cursor() as cursor:
        # On three rows any way is cheap; the promise is that this way is open.
        for way in ("enable_seqscan", "enable_bitmapscan"):
            cursor.execute(f"SET LOCAL {way} = off")
        cursor.execute(
            "EXPLAIN SELECT topic, status, outcome_reason, source, first_contact_at, first_reply_by FROM"
            " booking_consultationrequest WHERE received_at >= %s AND received_at < %s",
            [phoenix(1, 0), phoenix(20, 0)],
        )
        plan = " ".join(row[0] for row in cursor.fetchall())
    assert "Index Only Scan using request_figures" in plan


def _fails(**_fields: object) -> None:
    raise DatabaseError("no record")


def test_there_are_columns_to_see(as_role: Callable[..., Client]) -> None:
    asked(phoenix(9, 10), phoenix(9, 12))
    assert ConsultationRequest.objects.count() == 1
    text = as_role(Role.MANAGER).get(DASHBOARD).text
    assert text.count('class="chart-drawing"') == 3 and "style=" not in text


def test_what_is_open_today_is_told_in_the_range_or_not(as_role: Callable[..., Client]) -> None:
    make_request(received_at=phoenix(2, 10, month=3), reply_by=phoenix(4, 17, month=3))
    make_request(Status.WAITING_FOR_PATIENT)
    text = " ".join(as_role(Role.NURSE).get(DASHBOARD, {"range": "4w"}).text.split())
    assert '<span class="figure__number">2</span>' in text
    assert "1 overdue</a>, 1 waits for the patient." in text
