"""FHIR R4B bundles: of one request, or of many as one stream. Nothing leaves that the models do not accept.

fhir.resources takes some thirty megabytes and a quarter of a second to load, so only an export loads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.utils import timezone

from booking.exports.fhir import RELATED, resources
from booking.exports.fhir_elements import Frame, Resource
from booking.exports.requests import opened
from booking.models import ConsultationRequest
from booking.models.sealed import SealBroken

CONTENT_TYPE = "application/fhir+json; charset=utf-8"
# Of the words beside the codes; what people typed is in whatever language they typed.
LANGUAGE = "en-US"


def bundle(consultation: ConsultationRequest, zone: str) -> Any:
    """Return a request as a Bundle of fhir.resources, which has judged it; moments in the clinic's zone.

    Raises ValueError when it is no valid R4B, and SealBroken when a document does not open.
    """
    from fhir.resources.R4B.bundle import Bundle

    frame = Frame(ZoneInfo(zone), frozenset([consultation.pk]))
    return Bundle.model_validate(
        {**_head(frame), "entry": [_entry(one) for one in resources(consultation, frame)]}
    )


def stream(pks: Sequence[UUID], zone: str) -> Iterator[str]:
    """Return one Bundle of many requests, piece by piece; each request is judged before its piece is sent.

    A request whose documents do not open leaves an OperationOutcome in its place. One that is no valid R4B
    breaks the stream off: a file that ends early is no JSON, and nobody takes it for whole.
    """
    frame = Frame(ZoneInfo(zone), frozenset(pks))
    yield json.dumps(_head(frame))[:-1] + ', "entry": ['
    comma = ""
    for consultation in opened(pks, related=RELATED):
        yield comma + ", ".join(_judged(consultation, frame))
        comma = ", "
    yield "]}"


def _judged(consultation: ConsultationRequest, frame: Frame) -> list[str]:
    from fhir.resources.R4B.bundle import BundleEntry

    try:
        entries = [_entry(one) for one in resources(consultation, frame)]
    except SealBroken:
        entries = [_entry(_does_not_open(consultation))]
    return [BundleEntry.model_validate(entry).model_dump_json() for entry in entries]


def _head(frame: Frame) -> Resource:
    return {
        "resourceType": "Bundle",
        "id": str(uuid4()),
        "type": "collection",
        "language": LANGUAGE,
        "timestamp": frame.moment(timezone.now()),
    }


def _entry(resource: Resource) -> Resource:
    return {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}


def _does_not_open(consultation: ConsultationRequest) -> Resource:
    issue = {
        "severity": "error",
        "code": "exception",
        "diagnostics": f"The documents of request {consultation.shown_reference} do not open.",
    }
    return {"resourceType": "OperationOutcome", "id": str(consultation.pk), "issue": [issue]}
