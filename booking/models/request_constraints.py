"""What the database itself holds of every request."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q

from booking.models.columns import DOCUMENT_BYTES, no_longer_than, no_more_than
from booking.rules.patient_activity import PatientActivity
from booking.rules.priority import Priority
from booking.rules.safety import Topic
from booking.rules.statuses import Status

CONSTRAINTS: Final[list[models.BaseConstraint]] = [
    models.CheckConstraint(condition=Q(status__in=Status.values), name="request_status_known"),
    models.CheckConstraint(condition=Q(news__in=["", *PatientActivity.values]), name="request_news_known"),
    models.CheckConstraint(condition=Q(topic__in=Topic.values), name="request_topic_known"),
    models.CheckConstraint(condition=Q(priority__in=Priority.values), name="request_priority_known"),
    models.CheckConstraint(
        condition=~Q(status=Status.SCHEDULED) | Q(visit__isnull=False),
        name="request_scheduled_has_visit",
    ),
    models.CheckConstraint(
        condition=~Q(status__in=[Status.CLOSED, Status.DECLINED]) | ~Q(outcome_reason=""),
        name="request_ended_has_reason",
    ),
    models.CheckConstraint(
        condition=Q(received_at__gte="2020-01-01T00:00Z", reply_by__lt="2200-01-01T00:00Z")
        & Q(reply_by__gte=models.F("received_at")),
        name="request_dates_sane",
    ),
    models.CheckConstraint(
        condition=Q(no_longer_than("sealed_person", DOCUMENT_BYTES))
        & Q(no_longer_than("sealed_answers", DOCUMENT_BYTES)),
        name="request_documents_bounded",
    ),
    models.CheckConstraint(
        condition=Q(no_more_than("flags", 20))
        & Q(no_more_than("priority_reasons", 60))
        & Q(no_more_than("search", 120)),
        name="request_lists_bounded",
    ),
]
