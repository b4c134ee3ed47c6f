"""A request typed in from a phone call."""

from __future__ import annotations

import uuid

import pytest
from django.db import IntegrityError

from booking import actions
from booking.actions import Actor
from booking.models import ConsultationRequest
from booking.models.request import Source
from booking.rules.errors import NotAllowed, NotPossible
from booking.rules.notices import Notice
from booking.rules.transitions import Verb
from tests.factories import everybody, make_answers, make_person, make_staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["reception", "nurse"])
def test_it_makes_a_request_that_says_who_took_the_call(role):
    by = Actor.staff(make_staff(role))
    request = actions.take_call(make_person(), make_answers(), by=by, key=uuid.uuid4())
    assert request.source == Source.PHONE
    event = request.events.get()
    assert (event.verb, event.user, event.actor) == (Verb.TAKE_CALL, by.user, "")
    assert request.messages.filter(notice=Notice.RECEIVED).exists()


def test_without_e_mail_the_patient_gets_no_message():
    request = actions.take_call(make_person(email=""), make_answers(), by=everybody(), key=uuid.uuid4())
    assert [message.notice for message in request.messages.all()] == [Notice.STAFF_NEW]
    assert "call" in request.flags


def test_a_double_click_makes_one():
    key, by, told = uuid.uuid4(), everybody(), (make_person(), make_answers())
    made = {actions.take_call(*told, by=by, key=key).pk for _ in range(3)}
    assert len(made) == ConsultationRequest.objects.count() == 1


@pytest.mark.parametrize("roles", [(), ("clinician",), ("manager",), ("editor",)])
def test_other_roles_take_no_calls(roles):
    with pytest.raises(NotAllowed):
        actions.take_call(make_person(), make_answers(), by=Actor.staff(make_staff(*roles)), key=uuid.uuid4())
    assert not ConsultationRequest.objects.exists()


def test_another_refusal_of_the_database_is_not_taken_for_a_double_click():
    with pytest.raises(IntegrityError):
        actions.take_call(make_person(), make_answers(topic="knee"), by=everybody(), key=uuid.uuid4())


def test_the_same_form_with_other_answers_says_that_they_are_not_kept() -> None:
    key, by = uuid.uuid4(), everybody()
    made = actions.take_call(make_person(), make_answers(), by=by, key=key)
    with pytest.raises(NotPossible, match=made.shown_reference):
        actions.take_call(make_person(full_name="Test Patient Other"), make_answers(), by=by, key=key)
