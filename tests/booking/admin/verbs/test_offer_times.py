"""Offering times: choose, look at other weeks, check, and only then hold."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from booking import actions
from booking.models import Absence, Schedule, Visit, VisitType
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.booking.admin.conftest import page, seen
from tests.factories import everybody, make_clinician, make_person, make_request
from treatments.models import Clinic

pytestmark = pytest.mark.django_db
# A Monday at 9:30 in Phoenix (UTC-7, no summer time).
MONDAY = dt.datetime(2026, 11, 30, 16, 30, tzinfo=dt.UTC)
TUESDAY = ("2026-12-08T09:00:00-07:00", "2026-12-08T10:00:00-07:00", "2026-12-08T11:00:00-07:00")


@pytest.fixture(autouse=True)
def _monday_in_phoenix(db: None) -> Iterator[None]:
    Clinic.objects.create(name="A clinic", phone="+14805550100", emergency_line="Call 911.")
    with time_machine.travel(MONDAY, tick=False):
        yield


def values(clinician: object, *starts: str) -> list[str]:
    return [f"{clinician.pk}/{start}" for start in starts]  # type: ignore[attr-defined]


def offer(made: object, clinician: object, *starts: str, **fields: str) -> dict[str, object]:
    return seen(made, times=values(clinician, *starts), hold_days="2", text="", **fields)


def test_nothing_is_held_before_it_is_confirmed(nurse: Client) -> None:
    clinician, made = make_clinician(), make_request(Status.IN_REVIEW)
    checked = nurse.post(page(made, Verb.OFFER_TIMES), offer(made, clinician, *TUESDAY, check="1"))
    assert checked.status_code == 200
    assert "3 times will be held" in checked.text
    assert "Tuesday, December 8, 9 a.m." in checked.text
    assert "Held until Wednesday, December 2, 5 p.m." in checked.text
    assert not Visit.objects.exists()
    # What the page to check on holds, and nothing else.
    kept = re.findall(
        r'type="hidden" name="(\w+)" value="([^"]*)"', checked.text.split('class="verb__form"')[1]
    )
    sent = {name: [value for key, value in kept if key == name] for name, _value in kept}
    answer = nurse.post(page(made, Verb.OFFER_TIMES), {**sent, "confirm": "1"})
    assert answer.url == page(made)
    made.refresh_from_db()
    assert (made.status, made.visits.on_offer().count()) == (Status.TIMES_OFFERED, 3)
    assert "Held for the patient until Wednesday, December 2, 5 p.m." in nurse.get(page(made)).text


def test_what_was_chosen_stays_chosen_in_another_week(nurse: Client) -> None:
    clinician, made = make_clinician(), make_request(Status.IN_REVIEW)
    fields = offer(made, clinician, *TUESDAY[:2], show=f"{clinician.pk}/2")
    there = nurse.post(page(made, Verb.OFFER_TIMES), fields).text
    assert "December 14 – December 20, 2026" in there
    assert "2 of 5" in there
    for value in values(clinician, *TUESDAY[:2]):
        # In the list of what is chosen, where it can be unchecked too.
        assert f'<input type="checkbox" name="times" value="{value}" checked>' in there
    fields["show"] = f"{clinician.pk}/1"
    back = nurse.post(page(made, Verb.OFFER_TIMES), fields).text
    assert back.count(" checked>") == 2
    assert "There is a problem" not in there + back


@pytest.mark.parametrize(
    ("starts", "sentence"),
    [
        ((), "Select one to five times"),
        (tuple(f"2026-12-08T{hour:02}:00:00-07:00" for hour in range(9, 15)), "Select five times at most"),
        (("2026-12-08T09:20:00-07:00",), "Select only times that are listed"),
        (("2026-12-08T09:00:00-06:53",), "Select only times that are listed"),
        (("0001-01-01T00:00:00+23:59",), "Select only times that are listed"),
        (("9999-12-31T23:45:00-23:59",), "Select only times that are listed"),
        (("x",), "Select only times that are listed"),
    ],
)
@pytest.mark.parametrize("button", ["check", "confirm"])
def test_a_choice_that_cannot_be_says_why(
    nurse: Client, starts: tuple[str, ...], sentence: str, button: str
) -> None:
    clinician, made = make_clinician(), make_request(Status.IN_REVIEW)
    answer = nurse.post(page(made, Verb.OFFER_TIMES), offer(made, clinician, *starts, **{button: "1"}))
    assert "There is a problem" in answer.text
    assert sentence in answer.text
    assert not Visit.objects.exists()


@pytest.mark.parametrize("button", ["check", "confirm"])
def test_times_that_overlap_as_longer_visits_are_told_before_anything_is_promised(
    nurse: Client, button: str
) -> None:
    clinician, made = make_clinician(), make_request(Status.IN_REVIEW)
    long = VisitType.objects.create(name="Long visit", minutes=120)
    fields = offer(made, clinician, *TUESDAY[:2], kind=str(long.pk), place=f"{clinician.pk}/1/{long.pk}")
    fields[button] = "1"
    answer = nurse.post(page(made, Verb.OFFER_TIMES), fields)
    assert answer.status_code == 409
    assert "Two of these times overlap: visits of this type last 120 minutes." in answer.text
    assert "will be held" not in answer.text
    assert not Visit.objects.exists()
    # One is not listed for visits of this length: it can be unchecked all the same.
    for value in fields["times"]:  # type: ignore[attr-defined]
        assert re.search(f'type="checkbox" name="times" value="{re.escape(value)}"[^>]* checked', answer.text)


@pytest.mark.parametrize("button", ["check", "confirm"])
def test_a_clinician_who_is_gone_is_told_before_anything_is_promised(nurse: Client, button: str) -> None:
    clinician, gone, made = make_clinician(), make_clinician(), make_request(Status.IN_REVIEW)
    Schedule.objects.create(clinician=gone, takes_visits=False)
    times = [*values(clinician, TUESDAY[0]), *values(gone, TUESDAY[0])]
    answer = nurse.post(page(made, Verb.OFFER_TIMES), seen(made, times=times, hold_days="2", **{button: "1"}))
    assert answer.status_code == 409 and "This clinician cannot be booked any more." in answer.text


def test_a_time_taken_meanwhile_is_told_and_nothing_is_held(nurse: Client) -> None:
    clinician, made = make_clinician(), make_request(Status.IN_REVIEW)
    actions.book_time(make_request(), clinician, dt.datetime.fromisoformat(TUESDAY[1]), by=everybody())
    answer = nurse.post(page(made, Verb.OFFER_TIMES), offer(made, clinician, *TUESDAY, confirm="1"))
    assert answer.status_code == 409
    assert "That time is taken" in answer.text
    assert not Visit.objects.on_offer().exists()


def test_what_others_have_is_shown_by_reference_alone(nurse: Client) -> None:
    clinician, made = make_clinician(), make_request(Status.IN_REVIEW)
    booked, held = make_request(), make_request(Status.IN_REVIEW, person=make_person(full_name="Canary One"))
    start = dt.datetime.fromisoformat(TUESDAY[0])
    actions.book_time(booked, clinician, start, by=everybody())
    actions.offer_times(held, [(clinician, start + dt.timedelta(hours=1))], by=everybody())
    text = nurse.get(page(made, Verb.OFFER_TIMES), {"week": "1", "clinician": clinician.pk}).text
    assert f"for {held.reference[:5]}, until Wed, 5 p.m." in text
    assert "<b>Booked</b> 9 a.m." in text
    assert "Canary" not in text
    assert values(clinician, TUESDAY[0])[0] not in text


def test_the_message_reaches_the_patients_page(nurse: Client) -> None:
    clinician, made = make_clinician(), make_request(Status.IN_REVIEW)
    fields = {**offer(made, clinician, TUESDAY[0], confirm="1"), "text": "Bring your <b>diary</b>"}
    nurse.post(page(made, Verb.OFFER_TIMES), fields)
    assert made.letters.get().text == "Bring your <b>diary</b>"
    assert "Bring your &lt;b&gt;diary&lt;/b&gt;" in nurse.get(page(made)).text


def test_a_visit_moves_to_a_chosen_time(nurse: Client) -> None:
    clinician, made = make_clinician(), make_request(Status.SCHEDULED)
    answer = nurse.post(
        page(made, Verb.MOVE_VISIT), seen(made, time=values(clinician, TUESDAY[0])[0], told="on")
    )
    assert answer.status_code == 302
    made.refresh_from_db()
    assert (made.visit.clinician, made.visit.sequence) == (clinician, 1)


def test_a_time_on_offer_that_cannot_be_kept_is_seen_and_offered_anew(nurse: Client) -> None:
    clinician, made = make_clinician(), make_request(Status.IN_REVIEW)
    starts = [dt.datetime.fromisoformat(start) for start in TUESDAY[:2]]
    made = actions.offer_times(made, [(clinician, start) for start in starts], by=everybody())
    assert "Cannot be kept" not in nurse.get(page(made)).text
    schedule = Schedule.objects.create(clinician=clinician)
    Absence.objects.create(schedule=schedule, starts_at=starts[0], ends_at=starts[1])
    text = nurse.get(page(made)).text
    assert text.count("Cannot be kept") == 1 and "at a time on offer. Offer other times." in text
    filled = next(step for step in text.split("</a>") if "button--wide" in step)
    assert page(made, Verb.OFFER_TIMES) in filled
    assert "Cannot be kept" in nurse.get(page(made, Verb.LOG_CONTACT)).text
    shown = nurse.get(page(made, Verb.OFFER_TIMES), {"week": "1"}).text
    assert "Those that you choose here take their place" in shown
    # What this request holds itself can be offered again; where the clinician is away, nothing can.
    assert f'value="{values(clinician, TUESDAY[1])[0]}"' in shown
    assert f'value="{values(clinician, TUESDAY[0])[0]}"' not in shown
    answer = nurse.post(page(made, Verb.OFFER_TIMES), offer(made, clinician, *TUESDAY[1:], confirm="1"))
    assert answer.url == page(made)
    held = made.visits.on_offer().values_list("starts_at", flat=True)
    assert list(held) == [dt.datetime.fromisoformat(start) for start in TUESDAY[1:]]


def test_a_visit_that_cannot_be_kept_is_seen_and_moved(nurse: Client) -> None:
    clinician = make_clinician()
    made = actions.book_time(make_request(), clinician, dt.datetime.fromisoformat(TUESDAY[0]), by=everybody())
    Schedule.objects.create(clinician=clinician, takes_visits=False)
    text = nurse.get(page(made)).text
    assert "Cannot be kept" in text and "Move the visit." in text
    assert page(made, Verb.MOVE_VISIT) in next(step for step in text.split("</a>") if "button--wide" in step)
