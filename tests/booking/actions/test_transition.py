"""What every verb shares: the lock, the refusals, the event, the notice, the version."""

from __future__ import annotations

import datetime as dt
import threading
import uuid

import pytest
from django.db import connection, transaction

from booking import actions
from booking.actions import Actor
from booking.actions._transition import begin
from booking.models import ConsultationRequest
from booking.models.message import Delivery
from booking.rules.errors import BookingError, NotAllowed, NotPossible, SomeoneWasFaster
from booking.rules.notice_period import NoticePeriod
from booking.rules.priority import Priority
from booking.rules.reasons import (
    CancelReason,
    CloseReason,
    ContactOutcome,
    DeclineReason,
    PriorityReason,
    ReopenReason,
)
from booking.rules.roles import STAFF, Role
from booking.rules.statuses import Status
from booking.rules.transitions import TRANSITIONS, Verb
from tests.factories import (
    begin_visit,
    everybody,
    free_time,
    make_answers,
    make_clinician,
    make_link,
    make_person,
    make_request,
    make_staff,
    offered_times,
)

CALLS = {
    Verb.START_REVIEW: lambda r, **k: actions.start_review(r, **k),
    Verb.ASSIGN: lambda r, **k: actions.assign(r, None, **k),
    Verb.SET_PRIORITY: lambda r, **k: actions.set_priority(r, Priority.SOON, PriorityReason.SPOKE, **k),
    Verb.LOG_CONTACT: lambda r, **k: actions.log_contact(r, ContactOutcome.NO_ANSWER, **k),
    Verb.AMEND_DETAILS: lambda r, **k: actions.amend_details(r, r.person.changed(access_needs="A ramp"), **k),
    Verb.BOOK_TIME: lambda r, **k: actions.book_time(r, make_clinician(), free_time(), **k),
    Verb.MARK_SEEN: lambda r, **k: actions.mark_seen(r, **k),
    Verb.MARK_NO_SHOW: lambda r, **k: actions.mark_no_show(r, **k),
    Verb.DECLINE: lambda r, **k: actions.decline(r, DeclineReason.AGE, **k),
    Verb.CLOSE: lambda r, **k: actions.close(r, CloseReason.OTHER, **k),
    Verb.ASK_PATIENT: lambda r, **k: actions.ask_patient(r, "Since when?", **k),
    Verb.ANSWER: lambda r, **k: actions.answer(r, "Yes, that is fine.", **k),
    Verb.OFFER_TIMES: lambda r, **k: actions.offer_times(r, offered_times(), **k),
    Verb.MOVE_VISIT: lambda r, **k: actions.move_visit(r, make_clinician(), later(), **k),
    Verb.CANCEL_VISIT: lambda r, **k: actions.cancel_visit(r, CancelReason.CLINIC, **k),
    Verb.RENEW_LINK: lambda r, **k: actions.send_link(r, **k),
    Verb.REVOKE_LINKS: lambda r, **k: actions.revoke_links(r, **k),
    Verb.MARK_READ: lambda r, **k: actions.mark_read(r, **k),
    Verb.MARK_UNREAD: lambda r, **k: actions.mark_unread(r, **k),
    Verb.WISH_EARLIER: lambda r, **k: actions.wish_earlier(r, wanted=True, **k),
    Verb.REOPEN: lambda r, **k: actions.reopen(r, ReopenReason.MISTAKE, **k),
}
FROM_PATIENTS = {
    Verb.REPLY: lambda r, **k: actions.reply(r, "On Monday.", **k),
    Verb.WRITE: lambda r, **k: actions.reply(r, "One more thing.", **k),
    Verb.ACCEPT_TIME: lambda r, **k: actions.accept_time(r, r.visits.on_offer()[0].pk, **k),
    Verb.DECLINE_TIMES: lambda r, **k: actions.decline_times(r, **k),
    Verb.ASK_EARLIER: lambda r, **k: actions.ask_earlier(r, ahead=NoticePeriod.DAY, **k),
    Verb.ASK_TO_MOVE: lambda r, **k: actions.ask_to_move(r, **k),
    Verb.CANCEL_VISIT: lambda r, **k: actions.cancel_visit(r, CancelReason.PATIENT, **k),
    Verb.CHANGE_CONTACT: lambda r, **k: actions.change_contact(r, phone="+14805550177", email="", **k),
    Verb.WITHDRAW: lambda r, **k: actions.withdraw(r, **k),
}
NO_VERB_OF_A_PERSON = {
    Verb.SUBMIT, Verb.TAKE_CALL, Verb.LAPSE_OFFERS, Verb.MERGE, Verb.RECORD_ACCESS, Verb.ERASE,
    Verb.MOVE_PROMISE,
}  # fmt: skip


def later() -> dt.datetime:
    return free_time(dt.timedelta(days=5))


def _legal_start(verb: Verb) -> Status:
    return next(status for status in Status if status in TRANSITIONS[verb].sources)


def _ready(verb: Verb) -> ConsultationRequest:
    request = make_request(_legal_start(verb))
    if verb in (Verb.MARK_SEEN, Verb.MARK_NO_SHOW):
        begin_visit(request)
    if verb == Verb.REVOKE_LINKS:
        make_link(request)
    if verb in (Verb.MARK_READ, Verb.MARK_UNREAD):
        request = actions.reply(request, "Hello?", by=Actor.patient())
    if verb == Verb.MARK_UNREAD:
        request = actions.mark_read(request, by=everybody())
    return request


def _rows(request) -> tuple:
    row = ConsultationRequest.objects.filter(pk=request.pk).values().get()
    return row, request.events.count(), request.messages.count(), list(request.visits.values())


@pytest.mark.django_db
@pytest.mark.parametrize("verb", CALLS)
def test_a_legal_move_changes_the_status_and_leaves_one_event(verb):
    request, by = _ready(verb), everybody()
    before, events = request.version, request.events.count()
    came_from = request.status
    moved = CALLS[verb](request, by=by, seen_version=before)
    row = TRANSITIONS[verb]
    assert moved.status == (row.target or came_from)
    assert moved.version == before + 1
    event = moved.events.first()
    assert moved.events.count() == events + 1
    assert (event.verb, event.from_status, event.to_status) == (verb, came_from, moved.status)
    assert event.user == by.user
    stored = ConsultationRequest.objects.get(pk=request.pk)
    assert (stored.status, stored.version) == (moved.status, moved.version)


@pytest.mark.django_db
@pytest.mark.parametrize("verb", CALLS)
def test_the_patient_is_told_what_the_table_says_and_nothing_else(verb):
    request = _ready(verb)
    before = set(request.messages.values_list("pk", flat=True))
    CALLS[verb](request, by=everybody())
    told = [message.notice for message in request.messages.exclude(pk__in=before)]
    assert told == ([TRANSITIONS[verb].notice] if TRANSITIONS[verb].notice else [])


@pytest.mark.django_db
@pytest.mark.parametrize("verb", [verb for verb in CALLS if TRANSITIONS[verb].notice])
@pytest.mark.parametrize("wish", [{"email": ""}, {"no_email": "yes"}], ids=["none", "wants none"])
def test_what_a_patient_without_e_mail_must_hear_is_left_to_the_phone(verb, wish):
    request = _ready(verb)
    request.seal_person(request.person.changed(**wish))
    request.save()
    before = set(request.messages.values_list("pk", flat=True))
    if verb == Verb.RENEW_LINK:
        with pytest.raises(NotPossible, match="wants no link"):
            CALLS[verb](request, by=everybody())
        return
    CALLS[verb](request, by=everybody())
    made = request.messages.exclude(pk__in=before).get()
    assert (made.notice, made.state, made.told_at) == (TRANSITIONS[verb].notice, Delivery.CALL, None)
    actions.log_contact(request, ContactOutcome.VOICEMAIL, by=everybody())
    assert request.messages.to_tell().get() == made
    actions.log_contact(request, ContactOutcome.REACHED, by=everybody())
    assert not request.messages.to_tell().exists()


@pytest.mark.django_db
@pytest.mark.parametrize("verb", FROM_PATIENTS)
def test_a_patients_move_changes_the_status_and_leaves_one_event_without_values(verb):
    request = _ready(verb)
    came_from, events = request.status, request.events.count()
    if verb == Verb.WRITE:
        came_from = request.status
    moved = FROM_PATIENTS[verb](request, by=Actor.patient(), seen_version=request.version)
    row, event = TRANSITIONS[verb], moved.events.first()
    assert (event.verb, event.user, event.actor) == (verb, None, Role.PATIENT)
    assert moved.status == (row.target or came_from)
    assert moved.events.count() == events + 1
    assert not moved.messages.to_tell().exists()


@pytest.mark.django_db
@pytest.mark.parametrize("verb", FROM_PATIENTS)
@pytest.mark.parametrize("status", Status)
def test_a_patient_in_an_illegal_state_reads_a_sentence_and_nothing_changes(verb, status):
    wrong = {Verb.WRITE, Verb.REPLY}
    sources = TRANSITIONS[Verb.WRITE].sources if verb in wrong else TRANSITIONS[verb].sources
    if status in sources:
        return
    request = make_request(status)
    before = _rows(request)
    call = FROM_PATIENTS[verb]
    if verb == Verb.ACCEPT_TIME:
        call = lambda r, **k: actions.accept_time(r, uuid.uuid4(), **k)  # noqa: E731
    with pytest.raises(NotPossible, match="(ended|agreed already|changed meanwhile)"):
        call(request, by=Actor.patient())
    assert _rows(request) == before


def test_every_verb_of_a_person_is_tried_here():
    assert set(CALLS) | set(FROM_PATIENTS) == set(Verb) - NO_VERB_OF_A_PERSON


@pytest.mark.django_db
@pytest.mark.parametrize("verb", CALLS)
def test_other_roles_are_refused_and_nothing_changes(verb):
    request = _ready(verb)
    before = _rows(request)
    others = sorted(STAFF - TRANSITIONS[verb].actors)
    patient = [] if Role.PATIENT in TRANSITIONS[verb].actors else [Actor.patient()]
    refused = [*patient, Actor.system(), Actor.staff(make_staff(*others)), Actor.staff(make_staff())]
    for by in refused:
        with pytest.raises(NotAllowed):
            CALLS[verb](request, by=by)
    assert _rows(request) == before


@pytest.mark.django_db
@pytest.mark.parametrize("verb", CALLS)
def test_each_single_role_of_the_table_is_enough(verb):
    for role in sorted(TRANSITIONS[verb].actors & STAFF):
        by, request = Actor.staff(make_staff(role)), _ready(verb)
        # A clinician acts on their own patients.
        ConsultationRequest.objects.filter(pk=request.pk).update(assignee=by.user)
        CALLS[verb](request, by=by)


@pytest.mark.django_db
@pytest.mark.parametrize("status", Status)
def test_an_illegal_state_is_refused_and_nothing_changes(status):
    request, by = make_request(status), everybody()
    before = _rows(request)
    for verb in (verb for verb in CALLS if status not in TRANSITIONS[verb].sources):
        with pytest.raises(NotPossible, match=str(status.label)):
            CALLS[verb](request, by=by)
    assert _rows(request) == before


@pytest.mark.django_db
@pytest.mark.parametrize("verb", CALLS)
def test_acting_on_a_page_that_is_out_of_date_is_refused_by_name(verb):
    request = _ready(verb)
    seen = request.version
    colleague = make_staff("nurse", first_name="Demo", last_name="Nurse")
    if request.status in TRANSITIONS[Verb.LOG_CONTACT].sources:
        actions.log_contact(request, ContactOutcome.NO_ANSWER, by=Actor.staff(colleague))
    else:
        actions.reopen(request, ReopenReason.MISTAKE, by=Actor.staff(colleague))
        actions.close(request, CloseReason.OTHER, by=Actor.staff(colleague))
    before = _rows(request)
    with pytest.raises(SomeoneWasFaster, match="was faster"):
        CALLS[verb](request, by=everybody(), seen_version=seen)
    assert _rows(request) == before


@pytest.mark.django_db
def test_the_sentence_names_who_was_faster_and_with_what():
    request = make_request()
    colleague = make_staff("nurse", first_name="Demo", last_name="Nurse")
    actions.start_review(request, by=Actor.staff(colleague))
    with pytest.raises(SomeoneWasFaster) as refusal:
        actions.close(request, CloseReason.OTHER, by=everybody(), seen_version=request.version)
    assert str(refusal.value).startswith("Demo Nurse was faster: “Start review” at")


@pytest.mark.django_db
def test_somebody_who_left_does_nothing_any_more():
    user = make_staff("nurse", is_active=False)
    with pytest.raises(NotAllowed):
        actions.start_review(make_request(), by=Actor.staff(user))


@pytest.mark.django_db(transaction=True)
def test_two_staff_at_once_one_wins_and_the_other_reads_a_sentence():
    request, together, outcomes = make_request(), threading.Barrier(2), []
    staff = [Actor.staff(make_staff("nurse")), Actor.staff(make_staff("manager"))]

    def act(by: Actor) -> None:
        together.wait()
        try:
            actions.close(request, CloseReason.OTHER, by=by, seen_version=request.version)
            outcomes.append("won")
        except BookingError as refusal:
            outcomes.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=[by]) for by in staff]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 2
    assert outcomes.count("won") == 1
    assert request.events.filter(verb=Verb.CLOSE).count() == 1


@pytest.mark.django_db
def test_events_carry_codes_and_never_values():
    person = make_person(full_name="Canary Quetzal", email="canary@example.com", phone="+14805550142")
    request = make_request(person=person, answers=make_answers(in_own_words="canarywords"))
    by = everybody()
    actions.amend_details(request, person.changed(full_name="Canaria Nova", phone="+14805550143"), by=by)
    actions.start_review(request, by=by)
    actions.close(request, CloseReason.OTHER, by=by)
    told = " ".join(str(row) for row in [*request.events.values(), *request.messages.values()]).lower()
    for secret in ("canar", "quetzal", "nova", "5550142", "5550143", "@"):
        assert secret not in told


@pytest.mark.django_db(transaction=True)
def test_who_waits_too_long_for_a_request_reads_a_sentence():
    request, by = make_request(), everybody()
    kept, tried = threading.Event(), threading.Event()

    def keep_the_request() -> None:
        try:
            with transaction.atomic():
                ConsultationRequest.objects.select_for_update().get(pk=request.pk)
                kept.set()
                tried.wait(300)
        finally:
            connection.close()

    colleague = threading.Thread(target=keep_the_request)
    colleague.start()
    assert kept.wait(300)
    try:
        with pytest.raises(SomeoneWasFaster, match="Nothing of yours was saved"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = 50")
            actions.start_review(request, by=by)
    finally:
        tried.set()
        colleague.join()
    assert actions.start_review(request, by=by).status == Status.IN_REVIEW


@pytest.mark.django_db(transaction=True)
def test_no_verb_runs_outside_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        begin(make_request(), Verb.START_REVIEW, by=everybody())


@pytest.mark.django_db
def test_no_promise_is_made_by_a_verb_that_the_table_lets_promise_nothing() -> None:
    with transaction.atomic(), pytest.raises(ValueError, match="promises no reply"):
        begin(make_request(), Verb.ASSIGN, by=everybody()).owe_a_reply()
