"""A request's columns: what the database itself refuses, and what nobody can read in it."""

from __future__ import annotations

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from booking.models import ConsultationRequest
from booking.models.sealed import SealBroken, keyed_hash
from booking.rules.statuses import Status
from tests.factories import make_answers, make_person, make_request

pytestmark = pytest.mark.django_db
TABLE = ConsultationRequest._meta.db_table


def _set(request, assignment: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET {assignment} WHERE id = %s", [*values, request.pk])  # noqa: S608


@pytest.mark.parametrize(
    ("assignment", "constraint"),
    [
        ("status = 'scheduled'", "request_scheduled_has_visit"),
        ("status = 'closed'", "request_ended_has_reason"),
        ("status = 'declined'", "request_ended_has_reason"),
        ("status = 'lost'", "request_status_known"),
        ("topic = 'knee'", "request_topic_known"),
        ("priority = 'whenever'", "request_priority_known"),
        ("received_at = '1999-01-01'", "request_dates_sane"),
        ("reply_by = '9999-12-31'", "request_dates_sane"),
        ("reply_by = received_at - interval '1 second'", "request_dates_sane"),
    ],
)
def test_raw_sql_cannot_write_what_no_verb_would(assignment, constraint):
    request = make_request()
    with pytest.raises(IntegrityError, match=constraint):
        _set(request, assignment)


@pytest.mark.parametrize("column", ["status", "topic", "language", "priority", "reference", "source"])
def test_every_code_is_bounded(column):
    with pytest.raises((DataError, IntegrityError)):
        _set(make_request(), f"{column} = %s", "x" * 50)


def test_one_draft_key_makes_one_request():
    first, second = make_request(), make_request()
    with pytest.raises(IntegrityError):
        _set(second, "idempotency_key = %s", first.idempotency_key)


def test_a_reference_is_given_once():
    first, second = make_request(), make_request()
    with pytest.raises(IntegrityError):
        _set(second, "reference = %s", first.reference)


def test_a_visit_cannot_be_taken_from_under_a_scheduled_request():
    request = make_request(Status.SCHEDULED)
    with pytest.raises(IntegrityError):
        _set(request, "visit_id = NULL")


def test_nothing_of_person_or_answers_stands_in_the_row_in_the_clear():
    person = make_person(full_name="Canary Quetzal", email="canary@example.com", phone="+14805550142")
    request = make_request(person=person, answers=make_answers(in_own_words="canarywords"))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT row_to_json(r)::text FROM {TABLE} r WHERE id = %s", [request.pk])  # noqa: S608
        row = cursor.fetchone()[0].lower()
        raw = bytes(request.sealed_person) + bytes(request.sealed_answers)
    for secret in ("canary", "quetzal", "example.com", "5550142", "1980-01-07"):
        assert secret not in row
        assert secret.encode() not in raw.lower()


def test_documents_read_back_after_a_trip_through_the_database():
    person, answers = make_person(full_name="José O’Brien 💙"), make_answers(in_own_words="a\nb")
    request = ConsultationRequest.objects.get(pk=make_request(person=person, answers=answers).pk)
    assert (request.person, request.answers) == (person, answers)


@pytest.mark.parametrize("column", ["sealed_person", "sealed_answers"])
def test_a_document_copied_into_another_row_stays_shut(column):
    mine, other = make_request(), make_request()
    _set(mine, f"{column} = %s", bytes(getattr(other, column)))
    mine.refresh_from_db()
    with pytest.raises(SealBroken):
        _ = mine.person, mine.answers


def test_answers_do_not_open_as_the_person():
    request = make_request()
    _set(request, "sealed_person = sealed_answers")
    request.refresh_from_db()
    with pytest.raises(SealBroken):
        _ = request.person


def test_a_person_is_found_by_words_of_the_name_e_mail_and_phone():
    person = make_person(full_name="José Quetzal-Díaz", email="Jose@Example.com", phone="+14805550142")
    request = make_request(person=person)
    make_request()
    for kind, value in (
        ("name", "jose"),
        ("name", "diaz"),
        ("email", "jose@example.com"),
        ("phone", "+14805550142"),
    ):
        assert list(ConsultationRequest.objects.matching([keyed_hash(kind, value)])) == [request]
    both = [keyed_hash("name", "jose"), keyed_hash("name", "quetzal")]
    assert ConsultationRequest.objects.matching(both).count() == 1
    assert not ConsultationRequest.objects.matching([*both, keyed_hash("name", "smith")]).exists()


def test_open_requests_are_those_that_need_somebody():
    waiting = {make_request(status).pk for status in (Status.NEW, Status.IN_REVIEW, Status.SCHEDULED)}
    for status in (Status.SEEN, Status.DECLINED, Status.CLOSED):
        make_request(status)
    assert set(ConsultationRequest.objects.open().values_list("pk", flat=True)) == waiting


def test_as_text_it_is_its_reference():
    request = make_request(answers=make_answers(topic="tmj"))
    assert str(request) == request.shown_reference


def test_a_request_with_history_cannot_be_deleted():
    request = make_request(Status.SCHEDULED)
    with pytest.raises(IntegrityError):
        request.delete()
