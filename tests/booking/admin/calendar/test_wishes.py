"""Wishes for an earlier time as staff see them: who asked, how long ahead, and the way off the list."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from booking import actions
from booking.actions import Actor
from booking.admin.calendar.waitlist import wishes
from booking.admin.reading.timeline import ICONS, timeline
from booking.models import ConsultationRequest, EarlierWish, Event
from booking.rules.notice_period import NoticePeriod
from booking.rules.priority import Priority
from booking.rules.reasons import CancelReason
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.booking.admin.conftest import page, seen
from tests.factories import everybody, free_time, make_clinician, make_request

pytestmark = pytest.mark.django_db
EARLIER = reverse("admin:booking_visit_earlier")
# Looks are on record elsewhere, and nothing is left to read about what was erased.
NOT_TOLD = {Verb.RECORD_ACCESS, Verb.ERASE}


def asked(ahead: NoticePeriod = NoticePeriod.DAYS) -> ConsultationRequest:
    request = make_request(Status.SCHEDULED)
    return actions.ask_earlier(request, ahead=ahead, by=Actor.patient())


def said(text: str) -> str:
    return " ".join(text.split())


def test_the_list_and_the_request_say_who_asked_and_how_long_ahead(nurse: Client) -> None:
    online, noted = asked(), make_request(Status.SCHEDULED)
    actions.wish_earlier(noted, wanted=True, by=everybody())
    words = "asked online by the patient, tell them 3 days before at the latest"
    listed = said(nurse.get(EARLIER).text)
    assert words in listed and "noted by staff" in listed
    assert words in said(nurse.get(page(online)).text)
    assert "noted by staff" in said(nurse.get(page(noted)).text)
    assert "Asked for an earlier time" in nurse.get(page(online, "history")).text


def test_one_press_takes_a_patient_off_the_list_and_stays_there(reception: Client) -> None:
    made = asked()
    assert f'action="{page(made, Verb.WISH_EARLIER)}"' in reception.get(EARLIER).text
    pressed = seen(made, wanted="no", back="list")
    answer = reception.post(page(made, Verb.WISH_EARLIER), pressed)
    assert (answer.status_code, answer["Location"]) == (302, EARLIER)
    assert not EarlierWish.objects.exists()
    again = reception.post(page(made, Verb.WISH_EARLIER), pressed)
    assert again.status_code == 409, "a list that is no longer true says so"


def test_the_most_urgent_is_read_however_many_asked_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("booking.admin.calendar.waitlist.MAX_ROWS", 1)
    asked()
    urgent = asked()
    ConsultationRequest.objects.filter(pk=urgent.pk).update(priority=Priority.SAME_DAY)
    assert [wish.request for wish in wishes()] == [urgent]


def test_a_time_too_soon_for_a_patient_is_not_theirs_to_take(nurse: Client) -> None:
    clinician, now = make_clinician(), free_time(dt.timedelta(days=2))
    gone = actions.book_time(make_request(Status.IN_REVIEW), clinician, now, by=everybody())
    late = free_time(dt.timedelta(days=12))
    waiting = actions.book_time(make_request(Status.IN_REVIEW), clinician, late, by=everybody())
    waiting = actions.ask_earlier(waiting, ahead=NoticePeriod.WEEK, by=Actor.patient())
    actions.cancel_visit(gone, CancelReason.CLINIC, by=everybody())
    assert "Nobody on the list could take it." in nurse.get(EARLIER).text
    actions.ask_earlier(waiting, ahead=NoticePeriod.DAY, by=Actor.patient())
    freed = said(nurse.get(EARLIER).text).split("Who wants an earlier time")[0]
    assert "Nobody on the list" not in freed and "tell them 1 day before at the latest" in freed


@pytest.mark.parametrize("verb", sorted(set(Verb) - NOT_TOLD))
def test_every_verb_has_an_icon_and_words_that_tell_what_was_done(verb: Verb) -> None:
    assert verb in ICONS
    request = make_request()
    event = Event.objects.create(request=request, verb=verb, to_status=request.status, actor="system")
    [moment] = timeline([event])
    assert moment.text and moment.text != str(verb.label)
