"""Rows that were read as JSON are what the ORM would have read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from booking import actions
from booking.admin.lists.bounded_counts import figures
from booking.models import ConsultationRequest, Event, Note, Schedule, WorkingHours
from booking.models.rows import rows_as
from tests.factories import everybody, make_clinician, make_request

pytestmark = pytest.mark.django_db


def as_json(query: QuerySet[Any]) -> str:
    return figures(lists={"rows": query})["rows"]


def test_moments_bytes_and_documents_come_as_the_orm_reads_them() -> None:
    note = actions.write_note(make_request(), "Called, café.", by=everybody())
    (read,) = rows_as(Note, as_json(Note.objects.values("id", "at", "sealed_text")))
    assert (read, read.at, read.text) == (note, note.at, "Called, café.")
    request = make_request()
    (read,) = rows_as(
        ConsultationRequest, as_json(ConsultationRequest.objects.filter(pk=request.pk).values())
    )
    again = ConsultationRequest.objects.get(pk=request.pk)
    columns = [field.attname for field in ConsultationRequest._meta.concrete_fields]
    assert {name: _plain(read, name) for name in columns} == {name: _plain(again, name) for name in columns}


def test_a_relation_is_an_object_or_nobody(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    request = make_request()
    by = everybody()
    actions.assign(request, by.user, by=by)
    names = ("id", "user__id", "user__first_name", "user__username")
    rows = as_json(Event.objects.filter(request=request).order_by("id").values(*names))
    with django_assert_num_queries(0):
        sent, assigned = rows_as(Event, rows)
        assert sent.user is None
        assert isinstance(assigned.user, User) and assigned.user.username == by.user.username
    with django_assert_num_queries(1):
        assert assigned.verb == "assign"


def test_what_is_no_column_is_set_beside_them() -> None:
    clinician = make_clinician()
    plan = Schedule.objects.create(clinician=clinician)
    WorkingHours.objects.create(schedule=plan, weekday=2, starts="08:30", ends="12:00")
    row = json.loads(as_json(WorkingHours.objects.values("id", "starts", "ends")))[0]
    (read,) = rows_as(WorkingHours, [row | {"place": 3}])
    assert (read.starts.isoformat(), read.ends.isoformat(), read.place) == ("08:30:00", "12:00:00", 3)


def test_no_rows_are_no_objects() -> None:
    assert rows_as(Note, None) == rows_as(Note, []) == rows_as(Note, "[]") == []


def _plain(request: ConsultationRequest, name: str) -> object:
    value = getattr(request, name)
    return bytes(value) if isinstance(value, memoryview | bytes) else value
