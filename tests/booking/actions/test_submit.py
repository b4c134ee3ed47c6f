"""A draft becomes one request, with everything that belongs to it, or nothing at all."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from booking import actions
from booking.actions import Actor
from booking.models import ConsultationRequest, Draft, Event, Message
from booking.models.request import Source
from booking.rules.errors import NotAllowed
from booking.rules.notices import Notice
from booking.rules.priority import Priority
from booking.rules.retention import SENT_PAGE_SHOWN
from booking.rules.roles import Role
from booking.rules.safety import VERSION
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.factories import make_answers, make_person, make_staff
from tests.treatments.factories import make_condition, make_indication

PATIENT = Actor.patient()


@pytest.fixture
def draft():
    made, _token = Draft.begin("en")
    made.keep("you", {"full_name": "Test Patient 01"})
    made.save()
    return made


def _jobs() -> list[tuple[str, dict]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs")
        return cursor.fetchall()


@pytest.mark.django_db
def test_it_makes_a_new_request_with_its_first_event_messages_and_job(draft):
    person, answers = make_person(), make_answers()
    request = actions.submit(draft, person, answers, by=PATIENT)
    assert (request.status, request.source) == (Status.NEW, Source.WEB)
    assert (request.person, request.answers, request.topic) == (person, answers, answers.topic)
    assert request.rules_version == VERSION
    event = request.events.get()
    assert (event.verb, event.from_status, event.to_status) == (Verb.SUBMIT, "", Status.NEW)
    assert (event.actor, event.user) == (Role.PATIENT, None)
    assert {message.notice for message in request.messages.all()} == {Notice.RECEIVED, Notice.STAFF_NEW}
    assert set(map(str, _jobs())) == {"('booking.deliver', '{}')"}


@pytest.mark.django_db
def test_the_drafts_answers_are_wiped_and_the_sent_page_stays_for_a_while(draft):
    request = actions.submit(draft, make_person(), make_answers(), by=PATIENT)
    draft.refresh_from_db()
    assert (draft.steps, draft.request) == ({}, request)
    left = draft.expires_at - timezone.now()
    assert SENT_PAGE_SHOWN * 0.9 < left <= SENT_PAGE_SHOWN


@pytest.mark.django_db
def test_sent_again_it_is_the_same_request(draft):
    first = actions.submit(draft, make_person(), make_answers(), by=PATIENT)
    again = actions.submit(draft, make_person(), make_answers(), by=PATIENT)
    assert (again.pk, ConsultationRequest.objects.count()) == (first.pk, 1)
    assert Message.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_make_one_request(draft):
    person, answers, together = make_person(), make_answers(), Barrier(50, timeout=300)

    def send(_number: int) -> str:
        together.wait()
        try:
            return actions.submit(draft, person, answers, by=PATIENT).reference
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as threads:
        references = list(threads.map(send, range(50)))
    assert len(references) == 50
    assert len(set(references)) == 1
    assert (ConsultationRequest.objects.count(), Event.objects.count(), Message.objects.count()) == (1, 1, 2)
    assert len(_jobs()) == 2


@pytest.mark.django_db
def test_when_a_part_fails_nothing_is_left(draft, monkeypatch):
    from booking.actions import _make

    def broken(*_):
        raise RuntimeError("the queue is away")

    monkeypatch.setattr(_make, "queue_notice", broken)
    with pytest.raises(RuntimeError):
        actions.submit(draft, make_person(), make_answers(), by=PATIENT)
    assert not ConsultationRequest.objects.exists()
    assert _jobs() == []
    draft.refresh_from_db()
    assert draft.steps == {"you": {"full_name": "Test Patient 01"}}


@pytest.mark.django_db
def test_a_same_day_sign_tells_staff_so(draft):
    request = actions.submit(draft, make_person(), make_answers(safety=("HD-4",)), by=PATIENT)
    assert (request.priority, request.suggested_priority) == (Priority.SAME_DAY, Priority.SAME_DAY)
    assert request.priority_reasons == ["HD-4"]
    assert request.messages.filter(notice=Notice.STAFF_SAME_DAY).exists()
    assert not request.messages.filter(notice=Notice.STAFF_NEW).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("person", "answers", "flags"),
    [
        ({}, {}, []),
        ({}, {"safety": ("HD-7",)}, ["safety"]),
        ({"interpreter": "yes"}, {}, ["interpreter"]),
        ({"interpreter": "no"}, {}, []),
        ({"access_needs": "A ramp."}, {}, ["access"]),
        ({"payment": "self-pay"}, {}, ["self-pay"]),
        ({"email": ""}, {}, ["call"]),
    ],
)
def test_flags_tell_staff_what_to_mind(draft, person, answers, flags):
    request = actions.submit(draft, make_person(**person), make_answers(**answers), by=PATIENT)
    assert request.flags == flags


@pytest.mark.django_db
def test_messages_speak_the_patients_language_and_staff_read_english(draft):
    request = actions.submit(draft, make_person(language="es"), make_answers(), by=PATIENT)
    languages = dict(request.messages.values_list("notice", "language"))
    assert languages == {Notice.RECEIVED: "es", Notice.STAFF_NEW: "en"}


@pytest.mark.django_db
def test_only_a_patient_submits(draft):
    for by in (Actor.staff(make_staff("nurse", "reception")), Actor.system()):
        with pytest.raises(NotAllowed):
            actions.submit(draft, make_person(), make_answers(), by=by)
    assert not ConsultationRequest.objects.exists()


@pytest.mark.django_db
def test_a_request_keeps_what_the_page_said_of_the_evidence(draft):
    use = make_indication(make_condition("migraine"), status="approved", grade_label_en="good evidence")
    made = actions.submit(draft, make_person(), make_answers(), by=PATIENT)
    use.grade_label_en = "changed since"
    use.save()
    assert ConsultationRequest.objects.get(pk=made.pk).answers.labels == (
        "Chronic: FDA-approved use. good evidence",
    )


@pytest.mark.django_db
def test_a_topic_without_a_page_keeps_no_evidence(draft):
    assert actions.submit(draft, make_person(), make_answers(topic="other"), by=PATIENT).answers.labels == ()


@pytest.mark.django_db
@pytest.mark.parametrize("hours", [-2, 2])
def test_a_request_is_stored_whatever_the_clock_of_the_machine_said_that_began_it(hours):
    with time_machine.travel(timezone.now() + dt.timedelta(hours=hours)):
        draft, token = Draft.begin("en")
        draft.save()
    made = actions.submit(draft, make_person(), make_answers(), by=PATIENT)
    assert Draft.objects.by_token(token).get().request == made


@pytest.mark.django_db
@pytest.mark.parametrize("hours", [-2, 2])
def test_its_sent_page_is_shown_whatever_the_clock_of_the_machine_says_that_stored_it(hours):
    draft, token = Draft.begin("en")
    draft.save()
    with time_machine.travel(timezone.now() + dt.timedelta(hours=hours)):
        made = actions.submit(draft, make_person(), make_answers(), by=PATIENT)
    assert Draft.objects.by_token(token).get().request == made
