"""A merge in FHIR: the one that goes on replaces, the merged one points on; in one bundle and across two."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle

from booking import actions
from booking.exports.bundles import bundle, stream
from booking.models import ConsultationRequest
from booking.rules.reasons import ReopenReason
from booking.rules.statuses import Status
from tests.booking.exports.fhir_judge import complaints
from tests.factories import everybody, make_person, make_request

pytestmark = pytest.mark.django_db
ZONE = "America/Phoenix"


@pytest.fixture
def merged() -> tuple[ConsultationRequest, ConsultationRequest]:
    person = make_person()
    target, other = make_request(Status.IN_REVIEW, person=person), make_request(person=person)
    actions.merge(other, target, by=everybody())
    return ConsultationRequest.objects.get(pk=target.pk), ConsultationRequest.objects.get(pk=other.pk)


def of_kind(text: str, kind: str) -> list[dict[str, Any]]:
    return [one["resource"] for one in json.loads(text)["entry"] if one["resource"]["resourceType"] == kind]


def round_trip(text: str) -> str:
    assert complaints(text) == []
    found = Bundle.model_validate_json(text)
    assert Bundle.model_validate_json(found.model_dump_json()) == found
    return found.model_dump_json()


def named(request: ConsultationRequest, *, here: bool) -> dict[str, Any]:
    number = {"system": "http://localhost/fhir/reference", "value": request.reference}
    literal = {"reference": f"urn:uuid:{request.pk}"} if here else {}
    return {"type": "ServiceRequest", "identifier": number} | literal


def test_in_one_bundle_both_name_each_other(
    merged: tuple[ConsultationRequest, ConsultationRequest],
) -> None:
    target, other = merged
    text = round_trip("".join(stream([target.pk, other.pk], ZONE)))
    goes_on, closed = of_kind(text, "ServiceRequest")
    assert goes_on["replaces"] == [named(other, here=True)] and "replaces" not in closed
    assert (goes_on["status"], closed["status"]) == ("active", "revoked")
    [link] = of_kind(text, "Linkage")
    assert [(one["type"], one["resource"]) for one in link["item"]] == [
        ("source", named(target, here=True)),
        ("historical", named(other, here=True)),
    ]


def test_alone_each_names_the_other_by_its_number(
    merged: tuple[ConsultationRequest, ConsultationRequest],
) -> None:
    target, other = merged
    goes_on, closed = (round_trip(bundle(one, ZONE).model_dump_json()) for one in merged)
    assert of_kind(goes_on, "ServiceRequest")[0]["replaces"] == [named(other, here=False)]
    assert of_kind(goes_on, "Linkage") == []
    [link] = of_kind(closed, "Linkage")
    assert link["item"][0] == {"type": "source", "resource": named(target, here=False)}
    assert link["item"][1] == {"type": "historical", "resource": named(other, here=True)}


def test_a_merge_that_was_taken_back_is_in_no_bundle(
    merged: tuple[ConsultationRequest, ConsultationRequest],
) -> None:
    target, other = merged
    actions.reopen(other, ReopenReason.PATIENT_CALLED, by=everybody())
    text = round_trip("".join(stream([target.pk, other.pk], ZONE)))
    assert of_kind(text, "Linkage") == []
    assert all("replaces" not in one for one in of_kind(text, "ServiceRequest"))
