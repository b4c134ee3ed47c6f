"""The day's sheet: who stands on it, by role; on record with everybody on it before it is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booking import actions
from booking.models import AccessLog, ConsultationRequest, Schedule
from booking.models.access import Look
from booking.rules.priority import Priority
from booking.rules.reasons import CancelReason, ContactOutcome
from booking.rules.roles import Role
from booking.rules.statuses import Status
from tests.booking.admin.conftest import page
from tests.factories import everybody, make_answers, make_clinician, make_person, make_request
from treatments.models import Clinic, Clinician

pytestmark = pytest.mark.django_db
SHEET = "/admin/booking/visit/today/"
# A Monday at 9:30 in Phoenix (UTC-7, no summer time).
MONDAY = dt.datetime(2026, 11, 30, 16, 30, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _monday_in_phoenix(db: None) -> Iterator[None]:
    Clinic.objects.create(name="A clinic", phone="+14805550100", emergency_line="Call 911.")
    with time_machine.travel(MONDAY, tick=False):
        yield


def named(name: str, **fields: object) -> dict[str, object]:
    return {"person": make_person(full_name=name, **fields), "answers": make_answers(in_own_words="canary")}


def booked(clinician: Clinician, start: dt.datetime, name: str, **fields: object) -> ConsultationRequest:
    return actions.book_time(make_request(**named(name, **fields)), clinician, start, by=everybody())


def shown(client: Client) -> dict[str, list[str]]:
    context = client.get(SHEET).context
    return {
        kind: [line.patient.name for line in context[kind]]
        for kind in ("same_day", "visits", "calls", "late")
    }


def test_visits_of_today_over_all_clinicians_by_time(reception: Client) -> None:
    ada, ben = make_clinician(), make_clinician()
    needs = {"interpreter": "yes", "interpreter_language": "Navajo", "phone": "+14805550123"}
    made = booked(ben, MONDAY + 2 * HOUR, "Second Today", **needs)
    booked(ada, MONDAY + HOUR / 2, "First Today")
    booked(ada, MONDAY + DAY, "Not Today")
    assert shown(reception)["visits"] == ["First Today", "Second Today"]
    line = reception.get(SHEET).context["visits"][1]
    assert (line.at, line.clinician, line.words) == ("11:30 a.m.", str(ben), ("First visit",))
    assert (line.patient.phone, line.patient.reference) == ("(480) 555-0123", made.shown_reference)
    assert line.patient.language == "English, Interpreter needed: Navajo"


def test_a_cancelled_visit_and_a_held_time_are_no_visits(reception: Client) -> None:
    made = booked(make_clinician(), MONDAY + HOUR / 2, "Cancelled Today")
    actions.cancel_visit(made, CancelReason.PATIENT, by=everybody())
    make_request(Status.TIMES_OFFERED)
    assert shown(reception)["visits"] == []
    assert "No visits today." in reception.get(SHEET).text


def test_calls_of_today_planned_and_untold(nurse: Client) -> None:
    for name, at in (("Later Today", 4 * HOUR), ("Tomorrow", DAY), ("Soon", HOUR)):
        made = make_request(Status.IN_REVIEW, **named(name))
        actions.log_contact(made, ContactOutcome.NO_ANSWER, by=everybody(), call_back_at=MONDAY + at)
    untold = make_request(Status.IN_REVIEW, **named("Untold", email="", channel="phone"))
    actions.book_time(untold, make_clinician(), MONDAY + 3 * DAY, by=everybody())
    assert shown(nurse)["calls"] == ["Untold", "Soon", "Later Today"]
    lines = nurse.get(SHEET).context["calls"]
    assert [line.at for line in lines] == ["Any time", "10:30 a.m.", "1:30 p.m."]
    assert lines[0].words[0] == "Their visit is booked. Thursday, December 3, 9:30 a.m."
    assert lines[1].words[0] == "Call again, as planned."


def test_what_is_overdue_and_by_how_much(nurse: Client) -> None:
    make_request(Status.NEW, received_at=MONDAY - 8 * DAY, reply_by=MONDAY - DAY, **named("Late"))
    make_request(Status.NEW, reply_by=MONDAY + DAY, **named("In Time"))
    assert shown(nurse)["late"] == ["Late"]
    assert nurse.get(SHEET).context["late"][0].words[0] == "1 day late"


def test_same_day_requests_have_a_list_of_their_own_before_all_others(nurse: Client) -> None:
    late = {"received_at": MONDAY - 8 * DAY, "reply_by": MONDAY - DAY}
    make_request(Status.NEW, **late, **named("Late"))
    make_request(Status.NEW, **late, **named("Late and Urgent"), priority=Priority.SAME_DAY)
    make_request(Status.NEW, reply_by=MONDAY + DAY, **named("Urgent"), priority=Priority.SAME_DAY)
    closed = make_request(Status.CLOSED, **named("Closed"), priority=Priority.SAME_DAY)
    closed.messages.update(state="failed")
    assert shown(nurse)["same_day"] == ["Late and Urgent", "Urgent"]
    assert shown(nurse)["late"] == ["Late"]
    sheet = nurse.get(SHEET)
    assert sheet.context["same_day"][1].words == ("Act today", "New", "Unassigned")
    assert sheet.text.index("Late and Urgent") < sheet.text.index("No visits today.")


def test_no_answer_and_no_topic_stands_on_it(as_role: Callable[..., Client]) -> None:
    booked(make_clinician(), MONDAY + HOUR / 2, "Ada Today")
    make_request(Status.NEW, received_at=MONDAY - 8 * DAY, reply_by=MONDAY - DAY, **named("Late"))
    for role in (Role.RECEPTION, Role.NURSE, Role.MANAGER):
        text = as_role(role).get(SHEET).text
        assert "Ada Today" in text and "Contains health information: shred after use" in text
        for private in ("canary", "migraine", "Migraine", "1980", "@example"):
            assert private not in text


def test_who_asks_is_asked_for(reception: Client) -> None:
    asks = {"who_for": "adult", "asker_name": "Test Asker", "relation": "partner"}
    booked(make_clinician(), MONDAY + HOUR / 2, "Ada Today", **asks)
    assert "Ask for Test Asker" in reception.get(SHEET).text


def test_a_clinician_has_their_own_patients_alone(as_role: Callable[..., Client]) -> None:
    mine, other = make_clinician(), make_clinician()
    client = as_role(Role.CLINICIAN)
    me = int(client.session["_auth_user_id"])
    Schedule.objects.create(clinician=mine, user_id=me)
    booked(mine, MONDAY + HOUR / 2, "Own Visit")
    booked(other, MONDAY + HOUR / 2, "Other Visit")
    late = {"received_at": MONDAY - 8 * DAY, "reply_by": MONDAY - DAY}
    make_request(Status.NEW, **late, **named("Nobodys"))
    assigned = make_request(Status.NEW, **late, **named("Assigned"))
    ConsultationRequest.objects.filter(pk=assigned.pk).update(assignee=me)
    assert shown(client) == {"same_day": [], "visits": ["Own Visit"], "calls": [], "late": ["Assigned"]}


def test_the_sheet_is_on_record_with_everybody_on_it(nurse: Client, as_role: Callable[..., Client]) -> None:
    on_it = booked(make_clinician(), MONDAY + HOUR / 2, "Ada Today")
    late = make_request(Status.NEW, received_at=MONDAY - 8 * DAY, reply_by=MONDAY - DAY)
    make_request(Status.NEW, reply_by=MONDAY + DAY)
    assert nurse.get(SHEET).status_code == 200
    sheet = AccessLog.objects.get(look=Look.SHEET)
    assert (sheet.request, sheet.codes) == (None, {"same_day": 0, "visits": 1, "calls": 0, "late": 1})
    each = AccessLog.objects.filter(look=Look.EXPORTED).values_list("request", flat=True)
    assert set(each) == {on_it.pk, late.pk}
    audit = as_role(Role.MANAGER).get(reverse("numbers:audit")).text
    assert "Opened the day’s sheet" in audit and "visits: 1, calls: 0, overdue: 1" in audit
    assert "or on the day’s sheet" in nurse.get(page(on_it, "history")).text


def test_an_editor_is_refused_on_record(as_role: Callable[..., Client]) -> None:
    assert as_role(Role.EDITOR).get(SHEET).status_code == 403
    assert AccessLog.objects.get().look == Look.DENIED


def test_a_document_that_does_not_open_leaves_the_rest(reception: Client) -> None:
    broken = booked(make_clinician(), MONDAY + HOUR / 2, "Broken")
    booked(make_clinician(), MONDAY + HOUR / 2, "Whole")
    ConsultationRequest.objects.filter(pk=broken.pk).update(sealed_person=b"broken")
    assert set(shown(reception)["visits"]) == {"Sealed, does not open", "Whole"}


def test_queries_do_not_grow_with_the_day(reception: Client) -> None:
    clinicians = [make_clinician() for _one in range(4)]
    for one in clinicians:
        booked(one, MONDAY + HOUR / 2, "Ada Today", email="", channel="phone")
    with CaptureQueriesContext(connection) as asked:
        assert reception.get(SHEET).status_code == 200
    assert len(asked) <= 8, [one["sql"][:120] for one in asked]


def test_queue_and_calendar_lead_to_it(reception: Client) -> None:
    for address in ("/admin/booking/consultationrequest/", "/admin/booking/visit/"):
        assert f'href="{SHEET}"' in reception.get(address).text
