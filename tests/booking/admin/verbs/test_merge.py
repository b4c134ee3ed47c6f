"""Comparing and merging two requests of one person, on pages."""

from __future__ import annotations

import pytest
from django.test import Client

from booking import actions
from booking.models import AccessLog, ConsultationRequest
from booking.models.access import Look
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.booking.admin.conftest import page, seen
from tests.factories import everybody, make_answers, make_person, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[ConsultationRequest, ConsultationRequest]:
    person = make_person(full_name="Test Patient 41")
    target = make_request(Status.IN_REVIEW, person=person, answers=make_answers(in_own_words="first words"))
    return make_request(person=person, answers=make_answers(in_own_words="second words")), target


def test_both_stand_side_by_side_and_both_looks_are_on_record(
    nurse: Client, pair: tuple[ConsultationRequest, ConsultationRequest]
) -> None:
    request, target = pair
    assert f"{page(request, Verb.MERGE)}?into={target.pk}" in nurse.get(page(request)).text
    text = nurse.get(page(request, Verb.MERGE), {"into": str(target.pk)}).text
    assert text.index("This one closes") < text.index("second words") < text.index("This one goes on")
    assert "first words" in text
    assert AccessLog.objects.filter(request=target, look=Look.VIEW).exists()


def test_what_was_written_in_either_is_read_in_the_one_that_goes_on(
    nurse: Client, pair: tuple[ConsultationRequest, ConsultationRequest]
) -> None:
    request, target = pair
    actions.write_note(request, "note canary", by=everybody())
    actions.answer(request, "letter canary", by=everybody())
    request.refresh_from_db()
    values = seen(request, into=str(target.pk), target_version=target.version)
    answer = nurse.post(page(request, Verb.MERGE), values, follow=True)
    assert answer.redirect_chain[-1][0] == page(target)
    assert "note canary" in answer.text and "letter canary" in answer.text
    assert "Merged into this one" in answer.text and "Took over another request" in answer.text
    closed = nurse.get(page(request)).text
    assert target.shown_reference in closed and "second words" in closed


def test_without_a_choice_the_candidates_are_listed(
    nurse: Client, pair: tuple[ConsultationRequest, ConsultationRequest]
) -> None:
    request, target = pair
    text = nurse.get(page(request, Verb.MERGE)).text
    assert f"?into={target.pk}" in text and "Close this one" not in text
    assert "There is no other request" in nurse.get(page(make_request(), Verb.MERGE)).text


def test_one_with_a_visit_is_refused_with_the_other_way_round(nurse: Client) -> None:
    person = make_person()
    agreed, new = make_request(Status.SCHEDULED, person=person), make_request(person=person)
    text = nurse.get(page(agreed, Verb.MERGE), {"into": str(new.pk)}).text
    assert "A visit is agreed in this one" in text and f"?into={agreed.pk}" in text
    values = seen(agreed, into=str(new.pk), target_version=new.version)
    answer = nurse.post(page(agreed, Verb.MERGE), values)
    assert answer.status_code == 409
    agreed.refresh_from_db()
    assert agreed.status == Status.SCHEDULED


@pytest.mark.parametrize("into", ["x", "", "00000000-0000-0000-0000-000000000000"])
def test_a_made_up_target_changes_nothing(
    into: str, nurse: Client, pair: tuple[ConsultationRequest, ConsultationRequest]
) -> None:
    request, _target = pair
    assert nurse.get(page(request, Verb.MERGE), {"into": into}).status_code == 200
    nurse.post(page(request, Verb.MERGE), seen(request, into=into, target_version=1))
    request.refresh_from_db()
    assert request.status == Status.NEW


def test_the_same_phone_with_another_birth_date_is_suggested_but_not_merged(nurse: Client) -> None:
    person = make_person()
    one, other = make_request(person=person), make_request(person=person.changed(birth_date="1981-02-08"))
    text = nurse.get(page(one)).text
    assert "Same email or phone, another birth date" in text
    answer = nurse.get(page(one, Verb.MERGE), {"into": str(other.pk)})
    assert "Only two requests of the same person" in answer.text


def test_answers_and_safety_notes_of_both_are_read_in_the_one_that_goes_on(
    nurse: Client, reception: Client
) -> None:
    person = make_person()
    target = make_request(Status.IN_REVIEW, person=person)
    other = make_request(person=person, answers=make_answers(safety=("HD-7",), in_own_words="other words"))
    assert "HD-7" not in nurse.get(page(target)).text
    actions.merge(other, target, by=everybody())
    before = other.looks.filter(look=Look.VIEW).count()
    text = nurse.get(page(target)).text
    assert "other words" in text and "HD-7" in text
    assert f"From the merged request {other.shown_reference}" in text
    assert other.looks.filter(look=Look.VIEW).count() == before + 1
    assert "other words" not in reception.get(page(target)).text


def test_other_names_ask_for_a_tick_and_show_what_tells_them_apart(nurse: Client) -> None:
    ana = make_person(full_name="Test Ana", birth_date="2010-05-01")
    first, second = make_request(person=ana), make_request(person=ana.changed(full_name="Test Ben"))
    shown = nurse.get(page(first, Verb.MERGE), {"into": str(second.pk)}).text
    assert "They are one person" in shown and shown.count("May 1, 2010") == 2
    values = seen(first, into=str(second.pk), target_version=second.version)
    assert "Check that both are one person" in nurse.post(page(first, Verb.MERGE), values).text
    first.refresh_from_db()
    assert first.status == Status.NEW
    assert nurse.post(page(first, Verb.MERGE), values | {"one_person": "on"}).status_code == 302


def test_names_that_agree_need_no_tick(
    nurse: Client, pair: tuple[ConsultationRequest, ConsultationRequest]
) -> None:
    request, target = pair
    assert "They are one person" not in nurse.get(page(request, Verb.MERGE), {"into": str(target.pk)}).text
