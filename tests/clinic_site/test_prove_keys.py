"""While the keys of a process are not proved it serves nothing, takes nothing, and says so."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.test import Client

from booking import actions
from booking.actions import Actor
from booking.delivery.outbox import deliver_due
from booking.management.commands import worker
from booking.models import ConsultationRequest, Draft, KeyCheck, Letter, Message, Note
from booking.models.key_check import KeysNotProved, forget_proof
from booking.models.message import Delivery
from booking.rules.statuses import Status
from tests.booking.intake.conftest import ANSWERS, CONSENT, Patient
from tests.booking.patient.conftest import Visitor
from tests.factories import everybody, make_answers, make_person, make_request

pytestmark = pytest.mark.django_db
OTHER = b"another key" * 2 + b"0123456789"


def _wrong_seal_key(settings: Any) -> None:
    settings.SEAL_KEYS = dict.fromkeys(settings.SEAL_KEYS, OTHER)


def _wrong_search_key(settings: Any) -> None:
    settings.SEARCH_KEY = OTHER


def _no_check_value(settings: Any) -> None:
    KeyCheck.objects.all().delete()
    forget_proof()


def _a_key_that_the_release_has_not_seen(settings: Any) -> None:
    settings.SEAL_KEYS = {"new": OTHER, **settings.SEAL_KEYS}


@pytest.fixture(
    params=[_wrong_seal_key, _wrong_search_key, _no_check_value, _a_key_that_the_release_has_not_seen]
)
def lose_keys(request, settings) -> Callable[[], None]:
    """Let this process go on with keys that are not proved, from the call on."""
    return partial(request.param, settings)


def test_it_is_not_ready_and_shows_no_page(lose_keys, content):
    client = Client(raise_request_exception=False)
    assert client.get("/health/ready").status_code == 200
    lose_keys()
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert "key" in answer.json()["reason"].casefold()
    assert client.get("/health/live").status_code == 200
    for place in ("/", "/consultation/", "/my-request/", "/admin/", "/es/contact/"):
        assert client.get(place).status_code == 503, place


@pytest.mark.parametrize("step", ANSWERS)
def test_a_step_is_not_received(lose_keys, step: str):
    patient = Patient()
    patient.answer_to("you")
    before = Draft.objects.get().rev
    lose_keys()
    data = {**ANSWERS[step], "asked_about": "migraine", "asked_for": "self"}
    answer = patient.post(f"/consultation/{step}/", data)
    assert answer.status_code == 503
    assert "Not received yet" in answer.text
    assert Draft.objects.get().rev == before


def test_a_request_is_not_received(lose_keys):
    patient = Patient()
    patient.answer_to("you")
    rev = patient.look("check").context["rev"]
    lose_keys()
    answer = patient.post("/consultation/check/", {"rev": rev, **CONSENT})
    assert answer.status_code == 503
    assert "Not received yet" in answer.text
    assert not ConsultationRequest.objects.exists()
    assert not Message.objects.exists()


def test_what_a_patient_sends_later_is_not_received(lose_keys):
    visitor = Visitor().unlock(make_request(Status.IN_REVIEW))
    lose_keys()
    answer = visitor.do("write", text="I have a new phone.")
    assert answer.status_code == 503
    assert "Not received yet" in answer.text
    assert "I have a new phone." in answer.text
    assert not Letter.objects.exists()


def _submit(draft: Draft, made: ConsultationRequest, by: Actor) -> Any:
    return actions.submit(draft, make_person(), make_answers(), by=Actor.patient())


def _take_call(draft: Draft, made: ConsultationRequest, by: Actor) -> Any:
    return actions.take_call(make_person(), make_answers(), by=by, key=uuid.uuid4())


def _write_note(draft: Draft, made: ConsultationRequest, by: Actor) -> Any:
    return actions.write_note(made, "Called.", by=by)


def _withdraw(draft: Draft, made: ConsultationRequest, by: Actor) -> Any:
    """One of the acts that seal nothing themselves."""
    return actions.withdraw(made, by=Actor.patient())


@pytest.mark.parametrize("act", [_submit, _take_call, _write_note, _withdraw])
def test_no_action_stores_anything(lose_keys, act):
    made, by = make_request(), everybody()
    draft, _token = Draft.begin("en")
    draft.save()
    lose_keys()
    with pytest.raises(KeysNotProved):
        act(draft, made, by)
    assert ConsultationRequest.objects.get() == made
    assert (made.events.count(), Note.objects.count()) == (1, 0)


def test_no_mail_is_taken_from_the_outbox(lose_keys):
    make_request()
    lose_keys()
    with pytest.raises(KeysNotProved):
        deliver_due()
    assert set(Message.objects.values_list("state", "attempts")) == {(Delivery.QUEUED, 0)}


def test_the_worker_takes_no_job(lose_keys, monkeypatch):
    begun = []

    async def work(grace_seconds: float) -> None:
        begun.append(grace_seconds)

    monkeypatch.setattr(worker, "work_until_told", work)
    call_command("worker")
    lose_keys()
    with pytest.raises(CommandError, match="(?i)takes no job: .*key"):
        call_command("worker")
    assert len(begun) == 1


def test_a_command_that_looks_for_people_refuses(lose_keys):
    lose_keys()
    with pytest.raises(KeysNotProved):
        call_command("demo_data")


def test_the_worker_does_not_start_without_the_database():
    nowhere = {**os.environ, "DATABASE_URL": "postgres://nobody:nothing@127.0.0.1:1/nothing"}
    command = [sys.executable, "manage.py", "worker"]
    done = subprocess.run(command, cwd=site.BASE_DIR, env=nowhere, capture_output=True, text=True)
    assert done.returncode == 1
    assert "The worker takes no job: the database cannot tell" in done.stderr
