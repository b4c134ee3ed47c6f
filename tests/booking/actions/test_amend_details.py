"""Correcting what the patient told us."""

from __future__ import annotations

import pytest

from booking import actions
from booking.actions import Actor
from booking.models import ConsultationRequest
from booking.models.sealed import keyed_hash
from booking.rules.errors import NotAllowed, NotPossible
from booking.rules.notices import Notice
from booking.rules.priority import Priority, suggest
from booking.rules.reasons import PriorityReason
from tests.factories import everybody, make_answers, make_link, make_person, make_request, make_staff

pytestmark = pytest.mark.django_db


def test_the_event_names_the_fields():
    request = make_request()
    changed = request.person.changed(phone="+14805550143", access_needs="A ramp.")
    request = actions.amend_details(request, changed, by=everybody())
    assert request.person == changed
    assert request.events.first().codes == {"fields": ["access_needs", "phone"]}
    assert "access" in request.flags


def test_the_person_is_found_by_the_new_name_and_not_by_the_old_one():
    request = make_request(person=make_person(full_name="Old Quetzal"))
    actions.amend_details(request, request.person.changed(full_name="New Díaz"), by=everybody())
    found = ConsultationRequest.objects.matching
    assert found([keyed_hash("name", "diaz")]).exists()
    assert not found([keyed_hash("name", "quetzal")]).exists()


def test_nothing_changed_leaves_no_trace():
    request = make_request()
    actions.amend_details(request, request.person, by=everybody())
    request.refresh_from_db()
    assert (request.version, request.events.count()) == (1, 1)


WHO_IT_IS = {
    "full_name": "Test Patient Other",
    "birth_date": "1981-01-07",
    "who_for": "adult",
    "asker_name": "Test Asker",
    "relation": "partner",
    "may_speak": "yes",
}


def test_reception_corrects_contact_and_what_a_visit_needs():
    request, by = make_request(), Actor.staff(make_staff("reception"))
    right = request.person.changed(
        phone="+14805550143", email="n@example.com", language="es", interpreter="yes", access_needs="A ramp"
    )
    assert actions.amend_details(request, right, by=by).person == right


@pytest.mark.parametrize("field", WHO_IT_IS)
def test_who_the_patient_is_needs_a_nurse(field: str):
    request = make_request()
    other = request.person.changed(**{field: WHO_IT_IS[field]})
    with pytest.raises(NotAllowed, match="Only a nurse changes who the patient is"):
        actions.amend_details(request, other, by=Actor.staff(make_staff("reception")))
    request.refresh_from_db()
    assert (request.person != other, request.events.count()) == (True, 1)
    assert actions.amend_details(request, other, by=Actor.staff(make_staff("nurse"))).person == other


def test_flags_from_safety_answers_stay():
    from tests.factories import make_answers

    request = make_request(answers=make_answers(safety=("HD-7",)))
    request = actions.amend_details(request, request.person.changed(email=""), by=everybody())
    assert request.flags == ["safety", "call"]


def test_messages_follow_a_new_language():
    request = make_request()
    assert (
        actions.amend_details(request, request.person.changed(language="es"), by=everybody()).language == "es"
    )


@pytest.mark.parametrize("who_for", ["self", "adult"])
def test_a_minor_is_never_left_without_a_guardian(who_for):
    request = make_request()
    child = request.person.changed(birth_date="2015-01-07", who_for=who_for)
    with pytest.raises(NotPossible, match="parent or guardian"):
        actions.amend_details(request, child, by=everybody())
    request.refresh_from_db()
    assert request.person.birth_date == "1980-01-07"
    child = child.changed(who_for="minor", asker_name="Test Parent", relation="parent")
    assert actions.amend_details(request, child, by=everybody()).person == child


def test_a_corrected_address_gets_a_link_and_the_wrong_ones_open_nothing():
    request = make_request(person=make_person(email="slip@example.com"))
    _link, token = make_link(request)
    right = request.person.changed(email="right@example.com")
    actions.amend_details(request, right, by=everybody())
    assert actions.find_link(token) is None
    assert request.messages.filter(notice=Notice.NEW_LINK).count() == 1


def test_flags_that_tell_nothing_of_the_person_stay() -> None:
    request = make_request(answers=make_answers(safety=("ALL-5",)))
    ConsultationRequest.objects.filter(pk=request.pk).update(flags=["safety", "suspect", "self-pay"])
    request.refresh_from_db()
    person = request.person.changed(payment="insured", access_needs="A ramp")
    amended = actions.amend_details(request, person, by=everybody())
    assert amended.flags == ["safety", "suspect", "access"]


def test_another_birth_date_is_judged_anew_unless_somebody_set_the_priority() -> None:
    told = make_answers(topic="migraine", duration="weeks")
    young = make_person(birth_date="2000-01-07")
    request, decided = make_request(person=young, answers=told), make_request(person=young, answers=told)
    actions.set_priority(decided, Priority.ROUTINE, PriorityReason.SPOKE, by=everybody())
    old = young.changed(birth_date="1950-01-07")
    wanted = suggest(told, 76)
    assert wanted.priority != request.priority
    for one in (request, decided):
        amended = actions.amend_details(one, old, by=everybody())
        assert amended.suggested_priority == wanted.priority
        assert amended.priority_reasons == list(wanted.reasons)
    decided.refresh_from_db()
    request.refresh_from_db()
    assert (request.priority, decided.priority) == (wanted.priority, Priority.ROUTINE)
