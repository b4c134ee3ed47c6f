"""Codes of every kind: they fit their columns, have words, and stay apart from each other."""

from __future__ import annotations

import pytest
from django.db.models import TextChoices
from django.utils.translation import override

from booking.models import AccessLog, ConsultationRequest, Event, Message
from booking.models.access import Look
from booking.rules import patient_activity, priority, questions, reasons, roles, safety, statuses, transitions
from booking.rules.notices import TO_STAFF, Notice
from booking.rules.retention import DAILY_COUNTS_KEPT, DRAFT_KEPT, SENT_PAGE_SHOWN


def _all_choices() -> list[type[TextChoices]]:
    modules = (patient_activity, priority, questions, reasons, roles, safety, statuses, transitions)
    found = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, TextChoices) and value.choices
    }
    return sorted(found | {Notice, Look}, key=lambda kind: kind.__qualname__)


@pytest.mark.parametrize("kind", _all_choices(), ids=lambda kind: kind.__name__)
def test_every_code_has_words_of_its_own(kind):
    with override("en"):
        labels = [str(label) for label in kind.labels]
    assert all(labels)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("model", "column", "codes"),
    [
        (ConsultationRequest, "status", statuses.Status.values),
        (ConsultationRequest, "topic", safety.Topic.values),
        (ConsultationRequest, "news", patient_activity.PatientActivity.values),
        (ConsultationRequest, "priority", priority.Priority.values),
        (ConsultationRequest, "outcome_reason", reasons.CloseReason.values + reasons.DeclineReason.values),
        (Event, "verb", transitions.Verb.values),
        (Event, "actor", roles.Role.values),
        (Message, "notice", Notice.values),
        (AccessLog, "look", Look.values),
    ],
)
def test_codes_fit_their_column(model, column, codes):
    assert max(map(len, codes)) <= model._meta.get_field(column).max_length


def test_safety_codes_fit_their_columns():
    longest = max(map(len, safety.BY_CODE))
    assert longest <= ConsultationRequest._meta.get_field("priority_reasons").base_field.max_length


def test_a_reason_to_close_is_never_read_as_one_to_decline():
    assert not set(reasons.CloseReason.values) & set(reasons.DeclineReason.values)


def test_staff_notices_are_told_from_the_patients():
    assert {Notice.STAFF_NEW, Notice.STAFF_SAME_DAY, Notice.STAFF_PATIENT} == TO_STAFF


def test_who_sees_requests_and_answers():
    assert roles.Role.EDITOR not in roles.SEE_REQUESTS
    assert roles.SEE_ANSWERS < roles.SEE_REQUESTS < roles.STAFF
    assert roles.Role.RECEPTION not in roles.SEE_ANSWERS
    assert not roles.STAFF & {roles.Role.PATIENT, roles.Role.SYSTEM}


def test_periods_keep_their_reasons():
    # WCAG 2.2, 2.2.1: a time limit of more than 20 hours needs no warning.
    assert DRAFT_KEPT.total_seconds() > 20 * 3600
    assert SENT_PAGE_SHOWN < DRAFT_KEPT < DAILY_COUNTS_KEPT
