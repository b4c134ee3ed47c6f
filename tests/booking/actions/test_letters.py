"""What the patient and the clinic write to each other."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from booking import actions
from booking.actions import Actor
from booking.actions.letters import LETTERS_A_DAY
from booking.models.letter import Direction
from booking.rules.errors import NotPossible, SomeoneWasFaster
from booking.rules.notices import Notice
from booking.rules.patient_activity import PatientActivity
from booking.rules.reasons import CancelReason, CloseReason, ContactOutcome, ReopenReason
from booking.rules.statuses import OPEN, Status
from booking.rules.transitions import Verb
from tests.factories import everybody, make_request

pytestmark = pytest.mark.django_db
PATIENT = Actor.patient()
TEXTS = ["Nguyễn's pain\nin two lines", "<script>alert(1)</script>", "عربي ‮ 🤕", "=1+1", "%s {0} {{ x }}"]


@pytest.mark.parametrize("text", TEXTS)
def test_a_question_waits_for_its_reply_and_both_are_kept_as_written(text):
    request, by = make_request(Status.IN_REVIEW), everybody()
    asked = actions.ask_patient(request, f"  {text}  ", by=by)
    assert (asked.status, asked.answered_at is not None) == (Status.WAITING_FOR_PATIENT, True)
    replied = actions.reply(asked, text, by=PATIENT)
    assert (replied.status, replied.news) == (Status.IN_REVIEW, PatientActivity.REPLY)
    theirs, ours = replied.letters.all()
    assert (ours.text, ours.author, ours.direction) == (text, by.user, Direction.TO_PATIENT)
    assert (theirs.text, theirs.author, theirs.direction) == (text, None, Direction.TO_CLINIC)
    assert text.encode() not in bytes(theirs.sealed_text)
    assert theirs.event.codes == ours.event.codes == {}


@pytest.mark.parametrize("status", sorted(OPEN - {Status.WAITING_FOR_PATIENT}))
def test_a_patient_may_write_at_any_time_and_staff_hear_of_it(status):
    request = make_request(status)
    written = actions.reply(request, "One more thing.", by=PATIENT)
    assert (written.status, written.news, written.answered_at) == (status, PatientActivity.REPLY, None)
    assert written.messages.filter(notice=Notice.STAFF_PATIENT).count() == 1
    answered = actions.answer(written, "Thank you.", by=everybody())
    assert (answered.status, answered.news) == (status, "")
    assert answered.messages.filter(notice=Notice.LETTER).count() == 1


def test_each_turn_of_the_patient_renews_the_promise():
    request = make_request(Status.WAITING_FOR_PATIENT)
    first = request.reply_by
    with time_machine.travel(first + dt.timedelta(days=7), tick=False):
        assert actions.reply(request, "Sorry for the wait.", by=PATIENT).reply_by > timezone.now()


def test_what_needs_no_answer_is_marked_as_read_once():
    request = actions.reply(make_request(Status.SCHEDULED), "Thanks!", by=PATIENT)
    read = actions.mark_read(request, by=everybody())
    assert (read.news, read.events.first().codes) == ("", {"news": "reply"})
    with pytest.raises(NotPossible, match="nothing new"):
        actions.mark_read(read, by=everybody())


def test_what_was_marked_too_soon_is_news_again_by_the_promise_it_had():
    request = actions.reply(make_request(Status.SCHEDULED), "Thanks! But...", by=PATIENT)
    read = actions.mark_read(request, by=everybody())
    back = actions.mark_unread(read, by=everybody())
    assert (back.news, back.reply_by, back.owes_a_reply) == (PatientActivity.REPLY, request.reply_by, True)
    assert [(event.verb, event.codes) for event in back.events.all()[:2]] == [
        (Verb.MARK_UNREAD, {"news": "reply"}),
        (Verb.MARK_READ, {"news": "reply"}),
    ]
    with pytest.raises(NotPossible, match="nothing to mark as unread"):
        actions.mark_unread(back, by=everybody())


AFTER_THE_MARK = {
    "answered": lambda read: actions.answer(read, "Thank you.", by=everybody()),
    "reached": lambda read: actions.log_contact(read, ContactOutcome.REACHED, by=everybody()),
    "moved on": lambda read: actions.cancel_visit(read, CancelReason.CLINIC, by=everybody()),
    "closed": lambda read: actions.reopen(
        actions.close(read, CloseReason.OTHER, by=everybody()), ReopenReason.MISTAKE, by=everybody()
    ),
}


@pytest.mark.parametrize("since", AFTER_THE_MARK)
def test_a_mark_that_was_overtaken_is_not_taken_back(since):
    request = make_request(Status.SCHEDULED)
    read = actions.mark_read(actions.reply(request, "Thanks!", by=PATIENT), by=everybody())
    after = AFTER_THE_MARK[since](read)
    with pytest.raises(NotPossible, match="nothing to mark as unread"):
        actions.mark_unread(after, by=everybody())


def test_only_the_latest_mark_is_taken_back():
    request = actions.ask_to_move(make_request(Status.SCHEDULED), by=PATIENT)
    read = actions.mark_read(request, by=everybody())
    again = actions.mark_read(actions.reply(read, "More", by=PATIENT), by=everybody())
    assert actions.mark_unread(again, by=everybody()).news == PatientActivity.REPLY


def test_a_call_that_reached_nobody_leaves_the_mark_to_be_taken_back():
    read = actions.mark_read(actions.reply(make_request(), "Hello?", by=PATIENT), by=everybody())
    tried = actions.log_contact(read, ContactOutcome.NO_ANSWER, by=everybody())
    assert actions.mark_unread(tried, by=everybody()).news == PatientActivity.REPLY


@pytest.mark.parametrize(
    ("text", "sentence"), [("", "Write something"), (" \n\t ", "Write something"), ("x" * 4001, "too long")]
)
def test_empty_and_endless_texts_are_refused(text, sentence):
    request = make_request(Status.WAITING_FOR_PATIENT)
    with pytest.raises(NotPossible, match=sentence):
        actions.reply(request, text, by=PATIENT)
    with pytest.raises(NotPossible, match=sentence):
        actions.answer(request, text, by=everybody())
    assert request.letters.count() == 1


def test_twenty_letters_a_day_are_enough():
    request = make_request()
    for _ in range(LETTERS_A_DAY):
        request = actions.reply(request, "Again.", by=PATIENT)
    with pytest.raises(NotPossible, match="Call us"):
        actions.reply(request, "Again.", by=PATIENT)
    with time_machine.travel(timezone.now() + dt.timedelta(days=1, minutes=1), tick=False):
        assert actions.reply(request, "A day later.", by=PATIENT)


def test_choosing_a_time_leaves_what_was_written_before_it_to_be_read():
    request = actions.reply(make_request(Status.TIMES_OFFERED), "May my wife come too?", by=PATIENT)
    chosen = actions.accept_time(request, request.visits.on_offer()[0].pk, by=PATIENT)
    assert (chosen.status, chosen.news) == (Status.SCHEDULED, PatientActivity.REPLY)


def test_an_answer_pressed_twice_goes_once() -> None:
    request, by = make_request(Status.IN_REVIEW), everybody()
    version = request.version
    actions.answer(request, "We will call you.", by=by, seen_version=version)
    again = actions.answer(request, "We will call you. ", by=by, seen_version=version)
    assert (again.version, request.letters.count()) == (version + 1, 1)
    with pytest.raises(SomeoneWasFaster):
        actions.answer(request, "Another thing.", by=by, seen_version=version)


def test_a_wish_to_move_stays_in_view_though_we_wrote() -> None:
    request = actions.ask_to_move(make_request(Status.SCHEDULED), by=Actor.patient())
    written = actions.answer(request, "We look for a time.", by=everybody())
    assert (written.news, written.answered_at is None) == (PatientActivity.MOVE, False)
