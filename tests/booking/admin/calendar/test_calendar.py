"""The calendar: whose visits one sees, on record, by initials; what came free, and what must be moved."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from booking import actions
from booking.models import (
    Absence,
    AccessLog,
    ConsultationRequest,
    FreedTime,
    Schedule,
    VisitType,
    WorkingHours,
)
from booking.models.access import Look
from booking.rules.priority import Priority
from booking.rules.reasons import CancelReason
from booking.rules.roles import Role
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.booking.admin.conftest import QUEUE, page, seen
from tests.factories import everybody, make_clinician, make_person, make_request
from treatments.models import Clinic, Closure

pytestmark = pytest.mark.django_db
# A Monday at 9:30 in Phoenix (UTC-7, no summer time).
MONDAY = dt.datetime(2026, 11, 30, 16, 30, tzinfo=dt.UTC)
CALENDAR, EARLIER, TO_MOVE = (f"/admin/booking/visit/{tail}" for tail in ("", "earlier/", "to-move/"))
HOUR = dt.timedelta(hours=1)
CANARY = {"full_name": "Canary Ada Lovelace", "email": "canary@example.com"}


@pytest.fixture(autouse=True)
def _monday_in_phoenix(db: None) -> Iterator[None]:
    Clinic.objects.create(name="A clinic", phone="+14805550100", emergency_line="Call 911.")
    with time_machine.travel(MONDAY, tick=False):
        yield


def at(day: int, hour: int) -> dt.datetime:
    """Return an hour of a day of December, in Phoenix."""
    return dt.datetime(2026, 12, day, hour + 7, tzinfo=dt.UTC)


def booked(clinician: object, start: dt.datetime, **fields: object) -> ConsultationRequest:
    return actions.book_time(make_request(**fields), clinician, start, by=everybody())  # type: ignore[arg-type]


def clinician_signed_in(as_role, own) -> Client:
    client = as_role(Role.CLINICIAN)
    Schedule.objects.create(clinician=own, user_id=client.session["_auth_user_id"])
    return client


def test_a_day_shows_visits_by_initials_and_part_of_the_reference(nurse: Client) -> None:
    made = booked(make_clinician(), at(1, 10), person=make_person(**CANARY))
    text = nurse.get(CALENDAR, {"day": "2026-12-01"}).text
    assert re.search(rf"<b>10:00</b>\s+C\. A\. L\. {made.reference[:5]}", text)
    assert page(made) in text
    for private in ("Canary", "Lovelace", "migraine", "Migraine", made.person.phone_number):
        assert private not in text


def test_the_look_is_on_record(nurse: Client) -> None:
    make_clinician()
    nurse.get(CALENDAR)
    assert AccessLog.objects.get().look == Look.CALENDAR


def test_a_week_shows_one_clinician_and_a_worked_saturday(nurse: Client) -> None:
    mine, other = make_clinician(), make_clinician()
    plan = Schedule.objects.create(clinician=mine)
    WorkingHours.objects.create(schedule=plan, weekday=5, starts=dt.time(9), ends=dt.time(12))
    here, there = booked(mine, at(5, 9)), booked(other, at(4, 9))
    text = nurse.get(CALENDAR, {"view": "week", "day": "2026-12-02", "clinician": mine.pk}).text
    assert here.reference[:5] in text and there.reference[:5] not in text
    assert "Sat 5" in text and "Sun 6" not in text
    assert "November 30 to December 5, 2026" in text


def test_arrows_lead_a_day_or_a_week_on(nurse: Client) -> None:
    make_clinician()
    assert "day=2026-12-02" in nurse.get(CALENDAR, {"day": "2026-12-01"}).text
    week = nurse.get(CALENDAR, {"day": "2026-12-01", "view": "week"}).text
    assert "day=2026-12-08" in week and "day=2026-11-24" in week


@pytest.mark.parametrize("typed", ["x", "2026-13-01", "0001-01-01", "9999-12-31", "", "2026-12-01'"])
@pytest.mark.parametrize("view", ["day", "week", "year"])
def test_a_day_that_makes_no_sense_is_today(nurse: Client, typed: str, view: str) -> None:
    make_clinician()
    answer = nurse.get(CALENDAR, {"day": typed, "view": view, "clinician": "99999999999"})
    assert answer.status_code == 200
    assert "November 30" in answer.text
    assert "That day or clinician is not on the calendar." in answer.text


def test_a_clinician_who_is_gone_is_said_to_be(nurse: Client) -> None:
    known = make_clinician()
    sentence = "That day or clinician is not on the calendar."
    assert sentence not in nurse.get(CALENDAR, {"clinician": known.pk}).text
    assert sentence in nurse.get(CALENDAR, {"clinician": known.pk + 1, "view": "week"}).text


def test_holds_absences_closures_and_days_off_are_drawn(nurse: Client) -> None:
    clinician = make_clinician()
    plan = Schedule.objects.create(clinician=clinician)
    WorkingHours.objects.create(schedule=plan, weekday=1, starts=dt.time(8), ends=dt.time(12))
    WorkingHours.objects.create(schedule=plan, weekday=1, starts=dt.time(13), ends=dt.time(17))
    Absence.objects.create(schedule=plan, kind="training", starts_at=at(1, 8), ends_at=at(1, 9))
    Closure.objects.create(starts_on="2026-12-03", ends_on="2026-12-03", reason_en="Roof repair")
    held = actions.offer_times(make_request(Status.IN_REVIEW), [(clinician, at(1, 9))], by=everybody())
    text = nurse.get(CALENDAR, {"view": "week", "day": "2026-12-01"}).text
    for words in ("Break", "Not working", "Training or conference", "Clinic closed: Roof repair"):
        assert words in text
    assert re.search(rf"<b>9:00 Held</b>\s+{held.reference[:5]}", text)


def test_of_many_clinicians_none_is_drawn_on_a_day_on_which_nobody_works(nurse: Client) -> None:
    clinicians = [make_clinician() for _n in range(7)]
    booked(clinicians[3], at(3, 9))
    Closure.objects.create(starts_on="2026-12-02", ends_on="2026-12-03", reason_en="Roof repair")
    idle = nurse.get(CALENDAR, {"day": "2026-12-02"}).text
    assert "Nobody works on this day" in idle and 'class="cal__column' not in idle
    text = nurse.get(CALENDAR, {"day": "2026-12-03"}).text
    assert text.count('class="cal__column') == 1 and "Must be moved" in text


def test_a_clinician_sees_their_own_visits_and_no_others(as_role) -> None:
    own, other = make_clinician(), make_clinician()
    mine, theirs = booked(own, at(1, 10)), booked(other, at(1, 11))
    client = clinician_signed_in(as_role, own)
    text = client.get(CALENDAR, {"day": "2026-12-01"}).text
    assert mine.reference[:5] in text and theirs.reference[:5] not in text
    refused = client.get(CALENDAR, {"day": "2026-12-01", "clinician": other.pk})
    assert refused.status_code == 403
    assert AccessLog.objects.order_by("-id")[0].look == Look.DENIED
    assert client.get(EARLIER).status_code == client.get(TO_MOVE).status_code == 403


def test_an_account_without_a_clinician_reads_what_to_do(as_role) -> None:
    booked(make_clinician(), at(1, 10))
    text = as_role(Role.CLINICIAN).get(CALENDAR, {"day": "2026-12-01"}).text
    assert "not joined to a clinician yet" in text


def test_an_editor_is_refused_on_record(as_role) -> None:
    assert as_role(Role.EDITOR).get(CALENDAR).status_code == 403
    assert AccessLog.objects.get().look == Look.DENIED


def test_what_has_begun_can_be_marked_from_here(reception: Client) -> None:
    clinician = make_clinician()
    with time_machine.travel(MONDAY - HOUR * 2, tick=False):
        made = booked(clinician, dt.datetime(2026, 11, 30, 16, tzinfo=dt.UTC))
    text = reception.get(CALENDAR).text
    assert page(made, Verb.MARK_SEEN) in text and page(made, Verb.MARK_NO_SHOW) in text
    actions.mark_seen(made, by=everybody())
    after = reception.get(CALENDAR).text
    assert page(made, Verb.MARK_SEEN) not in after and "First visit, seen" in after


def test_types_other_than_the_usual_one_look_different(nurse: Client) -> None:
    clinician = make_clinician()
    VisitType.objects.create(name="First visit", minutes=60)
    other = VisitType.objects.create(name="Injections", minutes=60, position=1)
    actions.book_time(make_request(), clinician, at(1, 10), kind=other, by=everybody())
    booked(clinician, at(1, 11))
    text = nurse.get(CALENDAR, {"day": "2026-12-01"}).text
    assert text.count('class="block block--other') == text.count('class="block block--first') == 1


def test_a_closure_marks_the_visits_on_it_until_they_are_moved(nurse: Client) -> None:
    clinician = make_clinician()
    made = booked(clinician, at(3, 10))
    held = actions.offer_times(make_request(Status.IN_REVIEW), [(clinician, at(3, 14))], by=everybody())
    assert "None. Every visit" in nurse.get(TO_MOVE).text
    Closure.objects.create(starts_on="2026-12-03", ends_on="2026-12-03")
    text = nurse.get(CALENDAR, {"view": "week", "day": "2026-12-03"}).text
    assert "Must be moved" in text.split('class="cal"')[1]
    listed = nurse.get(TO_MOVE).text
    assert page(made, Verb.MOVE_VISIT) in listed and page(held, Verb.OFFER_TIMES) in listed
    actions.move_visit(made, clinician, at(4, 10), by=everybody())
    assert page(made, Verb.MOVE_VISIT) not in nurse.get(TO_MOVE).text


def test_a_freed_time_names_the_most_urgent_who_could_take_it(nurse: Client) -> None:
    clinician = make_clinician()
    routine, soon, before = (
        booked(clinician, at(day, 9), priority=priority, person=make_person(full_name=name))
        for day, priority, name in (
            (8, Priority.ROUTINE, "Rowan Reed"),
            (9, Priority.SOON, "Sasha Stone"),
            (1, Priority.SOON, "Blake Bow"),
        )
    )  # fmt: skip
    for one in (routine, soon, before):
        actions.wish_earlier(one, wanted=True, by=everybody())
    gone = booked(clinician, at(2, 10))
    assert "No time came free lately" in nurse.get(EARLIER).text
    actions.cancel_visit(gone, CancelReason.CLINIC, by=everybody())
    text = nurse.get(EARLIER).text.split("Who wants an earlier time")[0]
    assert text.index("Sasha S.") < text.index("Rowan R.")
    assert "Blake B." not in text, "that visit is earlier already"
    assert "The first in line is Sasha S." in " ".join(nurse.get(CALENDAR).text.split())


@pytest.mark.parametrize(("freed", "listed", "told"), [(23, 23, False), (45, 40, True)])
def test_every_freed_time_that_is_counted_is_listed(
    nurse: Client, freed: int, listed: int, told: bool
) -> None:
    clinicians = [make_clinician() for _n in range(5)]
    for number in range(freed):
        start = at(1 + number // 35 * 7, 8 + number % 7)
        FreedTime.objects.create(clinician=clinicians[number // 7 % 5], starts_at=start, ends_at=start + HOUR)
    actions.wish_earlier(make_request(), wanted=True, by=everybody())
    text = nurse.get(EARLIER).text
    assert len(re.findall(r'id="freed-\d+"', text)) == listed
    assert ("The first 40. There may be more." in text) is told
    tile = re.search(r"(\d+)\D*Times came free", re.sub(r"<[^>]+>", " ", nurse.get(QUEUE).text))
    assert tile and tile[1] == str(listed)
    assert f"{listed - 3} more freed times" in nurse.get(CALENDAR).text


def test_the_list_leads_to_the_freed_time_already_chosen(nurse: Client) -> None:
    clinician = make_clinician()
    waiting, gone = booked(clinician, at(9, 9)), booked(clinician, at(2, 10))
    waiting = actions.wish_earlier(waiting, wanted=True, by=everybody())
    actions.cancel_visit(gone, CancelReason.CLINIC, by=everybody())
    [address] = re.findall(rf'href="({page(waiting, Verb.MOVE_VISIT)}[^"]*)"', nurse.get(EARLIER).text)
    form = nurse.get(address.replace("&amp;", "&")).text
    [chosen] = re.findall(r'name="time" value="([^"]*)"[^>]* checked', form)
    moved = seen(waiting, time=chosen)
    unasked = nurse.post(page(waiting, Verb.MOVE_VISIT), moved)
    assert unasked.status_code == 409 and "Ask first" in unasked.text
    assert nurse.post(page(waiting, Verb.MOVE_VISIT), moved | {"told": "on"}).status_code == 302
    waiting.refresh_from_db()
    assert waiting.visit.starts_at == at(2, 10)
    assert "No time came free" not in nurse.get(EARLIER).text, "the time it had before is free now"
    assert "Nobody. Put a patient" in nurse.get(EARLIER).text


def test_a_freed_time_is_drawn_where_it_lies_and_leads_to_the_list(nurse: Client, as_role) -> None:
    clinician = make_clinician()
    for who in (clinician, make_clinician()):
        actions.cancel_visit(booked(who, at(2, 10)), CancelReason.CLINIC, by=everybody())
    text = nurse.get(CALENDAR, {"day": "2026-12-02"}).text
    [first, second] = re.findall(r'href="(/admin/booking/visit/earlier/#freed-\d+)"><b>10:00 Freed</b>', text)
    assert first != second and all(
        f'id="{one.split("#")[1]}"' in nurse.get(EARLIER).text for one in (first, second)
    )
    assert "10:00 Freed" not in nurse.get(CALENDAR, {"day": "2026-12-03"}).text
    own = clinician_signed_in(as_role, clinician).get(CALENDAR, {"day": "2026-12-02"}).text
    assert "10:00 Freed" not in own, "the list is not theirs"


def test_the_figures_tell_how_much_is_still_free(nurse: Client) -> None:
    clinician = make_clinician()
    booked(clinician, at(2, 10))
    Schedule.objects.create(clinician=clinician)
    Absence.objects.create(schedule_id=clinician.pk, starts_at=at(2, 12), ends_at=at(2, 12) + HOUR / 4)
    assert ("Still free", "7:45 h") in nurse.get(CALENDAR, {"day": "2026-12-02"}).context["figures"]
    assert ("Still free", "7:30 h") in nurse.get(CALENDAR).context["figures"], "from now on"
    assert ("Still free", "0 min") in nurse.get(CALENDAR, {"day": "2026-12-25"}).context["figures"]


def test_a_holiday_is_called_by_its_name_and_an_interpreter_is_mentioned(nurse: Client) -> None:
    booked(make_clinician(), at(24, 9), person=make_person(interpreter="yes"))
    text = nurse.get(CALENDAR, {"view": "week", "day": "2026-12-24"}).text
    assert "Public holiday: Christmas Day" in text
    assert "First visit, interpreter" in text


def test_a_freed_time_that_is_taken_again_or_not_worked_is_not_shown(nurse: Client) -> None:
    clinician = make_clinician()
    for hour in (10, 11):
        actions.cancel_visit(booked(clinician, at(2, hour)), CancelReason.CLINIC, by=everybody())
    booked(clinician, at(2, 10))
    plan = Schedule.objects.create(clinician=clinician)
    Absence.objects.create(schedule=plan, starts_at=at(2, 11), ends_at=at(2, 12))
    assert "No time came free lately" in nurse.get(EARLIER).text


def test_a_wish_is_noted_on_its_page_and_shown_as_noted(reception: Client) -> None:
    made = booked(make_clinician(), at(9, 9))
    assert reception.post(page(made, Verb.WISH_EARLIER), seen(made, wanted="yes")).status_code == 302
    made.refresh_from_db()
    assert re.search(r'value="yes"[^>]* checked', reception.get(page(made, Verb.WISH_EARLIER)).text)
    assert made.shown_reference in reception.get(EARLIER).text
    assert "Wants an earlier time" in reception.get(page(made, "history")).text


def test_a_feed_address_is_shown_once_and_ended(reception: Client, client: Client) -> None:
    clinician = make_clinician()
    feed = reverse("admin:booking_visit_feed", args=[clinician.pk])
    assert "There is no address" in reception.get(feed).text
    [address] = re.findall(r'value="(http[^"]+\.ics)"', reception.post(feed, {"renew": "1"}).text)
    path = address.removeprefix("http://testserver")
    assert client.get(path).status_code == 200
    again = reception.get(feed).text
    assert ".ics" not in again and "There is an address, made on" in again
    reception.post(feed, {"revoke": "1"})
    assert client.get(path).status_code == 404


def test_clinicians_reach_their_own_feed_alone(as_role) -> None:
    own, other = make_clinician(), make_clinician()
    client = clinician_signed_in(as_role, own)
    codes = [
        client.get(reverse("admin:booking_visit_feed", args=[one.pk])).status_code for one in (own, other)
    ]
    assert codes == [200, 403]


def test_whoever_frees_a_time_is_led_to_the_list(reception: Client) -> None:
    clinician = make_clinician()
    waiting, gone = booked(clinician, at(9, 9)), booked(clinician, at(2, 10))
    cancel = page(gone, Verb.CANCEL_VISIT)
    actions.wish_earlier(waiting, wanted=True, by=everybody())
    text = reception.post(cancel, seen(gone, reason="clinic", text=""), follow=True).text
    assert "1 patient wants an earlier time." in text and EARLIER in text


def test_nobody_on_the_list_means_no_word_of_it(reception: Client) -> None:
    gone = booked(make_clinician(), at(2, 10))
    text = reception.post(
        page(gone, Verb.CANCEL_VISIT), seen(gone, reason="clinic", text=""), follow=True
    ).text
    assert "Visit cancelled." in text and "earlier time." not in text
