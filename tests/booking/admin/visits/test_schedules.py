"""Hours, absences and visit types, typed by reception: what cannot be is refused with a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element  # noqa: S405 (a type; nothing is parsed with it)

import html5lib
import pytest
import time_machine
from django.test import Client

from booking import actions
from booking.models import Absence, AccessLog, CalendarFeed, FreedTime, Schedule, VisitType, WorkingHours
from booking.models.access import Look
from booking.rules.roles import Role
from booking.rules.statuses import Status
from tests.factories import everybody, make_clinician, make_request, make_staff
from treatments.models import Clinic

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 30, 16, 30, tzinfo=dt.UTC)
TYPES = "/admin/booking/visittype/add/"


@pytest.fixture(autouse=True)
def _monday(db: None) -> Iterator[None]:
    Clinic.objects.create(name="A clinic", phone="+14805550100", emergency_line="Call 911.")
    with time_machine.travel(MONDAY, tick=False):
        yield


def fields_of(form: Element) -> list[Element]:
    return [one for one in form.iter() if one.tag in ("input", "select", "textarea") and one.get("name")]


def form_data(answer: Any) -> dict[str, str]:
    """Return what a browser would send of the largest form of a page, without its buttons."""
    tree = html5lib.parse(answer.content, namespaceHTMLElements=False)
    form = max(tree.iter("form"), key=lambda one: len(fields_of(one)))
    data: dict[str, str] = {}
    for field in fields_of(form):
        kind = field.get("type")
        if kind in ("submit", "file") or (kind in ("checkbox", "radio") and "checked" not in field.attrib):
            continue
        value = field.get("value") or ("on" if kind == "checkbox" else field.text or "")
        if field.tag == "select":
            chosen = [one.get("value") or "" for one in field.iter("option") if "selected" in one.attrib]
            value = chosen[0] if chosen else ""
        data[str(field.get("name"))] = value
    return data


def save(client: Client, plan: Schedule, **rows: str) -> Any:
    address = f"/admin/booking/schedule/{plan.pk}/change/"
    typed = {name.replace("__", "-"): value for name, value in rows.items()}
    return client.post(address, {**form_data(client.get(address)), **typed})


@pytest.fixture
def plan() -> Schedule:
    return Schedule.objects.create(clinician=make_clinician())


def hours(number: int, day: int, starts: str, ends: str) -> dict[str, str]:
    return {
        f"hours__{number}__weekday": str(day),
        f"hours__{number}__starts": starts,
        f"hours__{number}__ends": ends,
    }


def absence(starts: str, ends: str, number: int = 0) -> dict[str, str]:
    return {f"absences__{number}__starts_at": starts, f"absences__{number}__ends_at": ends}


def test_a_schedule_is_made_for_a_clinician_and_their_account(reception: Client) -> None:
    clinician, account = make_clinician(), make_staff(Role.CLINICIAN)
    address = "/admin/booking/schedule/add/"
    data = form_data(reception.get(address)) | {"clinician": clinician.pk, "user": account.pk}
    assert reception.post(address, data).status_code == 302
    assert (Schedule.objects.get().clinician, Schedule.objects.get().user) == (clinician, account)


def test_only_clinicians_accounts_can_be_chosen(reception: Client) -> None:
    other = make_staff(Role.NURSE)
    data = form_data(reception.get("/admin/booking/schedule/add/")) | {"clinician": make_clinician().pk}
    answer = reception.post("/admin/booking/schedule/add/", data | {"user": other.pk})
    assert answer.status_code == 200
    assert not Schedule.objects.exists()


def test_hours_and_absences_are_kept_in_clinic_time(reception: Client, plan: Schedule) -> None:
    rows = (
        hours(0, 0, "08:00", "12:00")
        | hours(1, 0, "13:00", "17:15")
        | absence("2026-12-03T08:00", "2026-12-04T00:00")
    )
    assert save(reception, plan, **rows).status_code == 302
    assert [(one.starts, one.ends) for one in plan.hours.all()] == [
        (dt.time(8), dt.time(12)), (dt.time(13), dt.time(17, 15)),
    ]  # fmt: skip
    assert Absence.objects.get().starts_at == dt.datetime(2026, 12, 3, 15, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (hours(0, 0, "12:00", "08:00"), "The end must come after the start."),
        (hours(0, 0, "08:07", "12:00"), "Choose a full quarter of an hour"),
        (hours(0, 0, "08:00", "12:00") | hours(1, 0, "11:00", "17:00"), "overlap others on the same day"),
        (hours(0, 9, "08:00", "12:00"), "Select a valid choice"),
        (absence("2026-12-04T08:00", "2026-12-03T08:00"), "The end must come after the start."),
        (absence("2206-12-03T08:00", "2206-12-04T08:00"), "more than two years away"),
        (absence("0026-12-03T08:00", "0026-12-04T08:00"), "more than two years away"),
        (absence("soon", "later"), "Enter a valid date/time."),
    ],
)
def test_what_cannot_be_is_said_and_not_saved(
    reception: Client, plan: Schedule, rows: dict[str, str], sentence: str
) -> None:
    answer = save(reception, plan, **rows)
    assert answer.status_code == 200
    assert sentence in answer.text
    assert not WorkingHours.objects.exists() and not Absence.objects.exists()


def test_an_absence_that_overlaps_another_is_refused(reception: Client, plan: Schedule) -> None:
    save(reception, plan, **absence("2026-12-03T08:00", "2026-12-05T08:00"))
    answer = save(reception, plan, **absence("2026-12-04T08:00", "2026-12-04T12:00", number=1))
    assert "This absence overlaps another one." in answer.text
    assert Absence.objects.count() == 1


@pytest.mark.parametrize("minutes", ["0", "20", "255", "-15", "x", ""])
def test_a_length_that_does_not_fit_the_calendar_is_refused(reception: Client, minutes: str) -> None:
    answer = reception.post(
        TYPES, {"name": "First visit", "minutes": minutes, "position": "0", "active": "on"}
    )
    assert answer.status_code == 200
    assert not VisitType.objects.exists()


def test_a_type_of_the_same_name_is_refused(reception: Client) -> None:
    typed = {"name": "First visit", "minutes": "60", "position": "0", "active": "on"}
    assert reception.post(TYPES, typed).status_code == 302
    assert "There is a visit type of this name already." in reception.post(TYPES, typed).text
    assert reception.post(TYPES, {**typed, "clinician": make_clinician().pk}).status_code == 302


@pytest.mark.parametrize("role", [Role.NURSE, Role.CLINICIAN, Role.EDITOR])
@pytest.mark.parametrize("tail", ["", "add/", "{pk}/change/", "{pk}/delete/", "{pk}/history/"])
def test_others_are_refused_on_record(as_role, plan: Schedule, role: Role, tail: str) -> None:
    client = as_role(role)
    assert client.get("/admin/booking/schedule/" + tail.format(pk=plan.pk)).status_code == 403
    assert AccessLog.objects.get().look == Look.DENIED


def test_hours_may_take_the_place_of_those_that_go(reception: Client, plan: Schedule) -> None:
    save(reception, plan, **hours(0, 0, "08:00", "12:00"))
    answer = save(reception, plan, **hours(1, 0, "08:30", "12:00"), hours__0__DELETE="on")
    assert answer.status_code == 302
    assert [one.starts for one in plan.hours.all()] == [dt.time(8, 30)]


def test_more_hours_lead_to_those_who_want_an_earlier_time(reception: Client) -> None:
    clinician = make_clinician()
    plan = Schedule.objects.create(clinician=clinician)
    WorkingHours.objects.create(schedule=plan, weekday=1, starts=dt.time(8), ends=dt.time(12))
    save(reception, plan, hours__1__weekday="2", hours__1__starts="08:00", hours__1__ends="10:00")
    assert FreedTime.objects.earliest("starts_at").starts_at == MONDAY + dt.timedelta(hours=46.5)
    assert "earlier time" not in reception.get("/admin/booking/schedule/").text, "nobody waits"
    waiting = make_request(Status.SCHEDULED)
    actions.wish_earlier(waiting, wanted=True, by=everybody())
    save(reception, plan, hours__2__weekday="3", hours__2__starts="08:00", hours__2__ends="10:00")
    text = reception.get("/admin/booking/schedule/").text
    assert "1 patient wants an earlier time, and there are new ones." in text
    assert "/admin/booking/visit/earlier/" in text


def test_a_schedule_changed_meanwhile_is_not_overwritten(reception: Client, plan: Schedule) -> None:
    save(reception, plan, **hours(0, 0, "12:00", "17:00"))
    address = f"/admin/booking/schedule/{plan.pk}/change/"
    mine = form_data(reception.get(address))
    mine.pop("takes_visits")
    assert save(reception, plan, **hours(0, 0, "10:00", "17:00")).status_code == 302
    answer = reception.post(address, mine)
    assert answer.status_code == 409
    assert "Nothing was saved: this was changed after you opened it" in answer.text
    plan.refresh_from_db()
    assert (plan.takes_visits, WorkingHours.objects.get().starts) == (True, dt.time(10))


@pytest.mark.parametrize("to", ["another account", "nobody"])
def test_a_calendar_given_to_another_account_has_no_private_address_any_more(
    reception: Client, plan: Schedule, to: str
) -> None:
    Schedule.objects.filter(pk=plan.pk).update(user=make_staff(Role.CLINICIAN))
    token = actions.renew_feed(plan.clinician, by=everybody())
    assert save(reception, plan).status_code == 302
    assert CalendarFeed.of_token(token)
    other = str(make_staff(Role.CLINICIAN).pk) if to == "another account" else ""
    answer = reception.get(save(reception, plan, user=other).url)
    assert "private calendar address opens nothing any more" in answer.text
    assert CalendarFeed.of_token(token) is None
    ended = AccessLog.objects.get(look=Look.FEED_ENDED)
    assert ended.feed and ended.feed.clinician == plan.clinician
    assert str(ended.user_id) == reception.session["_auth_user_id"]


def test_an_account_for_a_calendar_without_one_leaves_its_address(reception: Client, plan: Schedule) -> None:
    token = actions.renew_feed(plan.clinician, by=everybody())
    assert save(reception, plan, user=str(make_staff(Role.CLINICIAN).pk)).status_code == 302
    assert CalendarFeed.of_token(token)
