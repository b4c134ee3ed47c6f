"""FHIR bundles: valid R4B, the same after parsing back, every status mapped, all of a request in them."""

from __future__ import annotations

import json
import sys
from dataclasses import fields
from subprocess import run
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from fhir.resources.R4B.bundle import Bundle
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from booking import actions
from booking.actions import Actor
from booking.exports import fhir_codes
from booking.exports.bundles import bundle, stream
from booking.exports.fhir_answers import ANSWERS, CONTACT, plain
from booking.models import ConsultationRequest
from booking.models.message import Delivery
from booking.models.visit import VisitState
from booking.rules.documents import Answers, Person
from booking.rules.priority import Priority
from booking.rules.reasons import CloseReason
from booking.rules.statuses import Status
from tests.booking.exports.fhir_judge import complaints
from tests.factories import begin_visit, everybody, make_answers, make_call, make_person, make_request

pytestmark = pytest.mark.django_db
ZONE = "America/Phoenix"


def of_kind(found: Any, kind: str) -> list[dict[str, Any]]:
    return [
        entry["resource"]
        for entry in json.loads(found.model_dump_json())["entry"]
        if entry["resource"]["resourceType"] == kind
    ]


@pytest.mark.parametrize("status", list(Status))
def test_every_status_makes_a_valid_bundle_that_round_trips(status: Status) -> None:
    made = make_request(status)
    found = bundle(made, ZONE)
    assert Bundle.model_validate_json(found.model_dump_json()) == found
    assert complaints(found.model_dump_json()) == []
    [asked] = of_kind(found, "ServiceRequest")
    assert asked["status"] == fhir_codes.REQUEST_STATUS[status]
    assert asked["identifier"][0]["value"] == made.reference
    assert len(of_kind(found, "Appointment")) == made.visits.count()


def test_a_visit_is_an_appointment_in_its_state() -> None:
    made = make_request(Status.SCHEDULED)
    assert of_kind(bundle(made, ZONE), "Appointment")[0]["status"] == "booked"
    begin_visit(made)
    actions.mark_no_show(made, by=everybody())
    assert of_kind(bundle(made, ZONE), "Appointment")[0]["status"] == "noshow"


def test_who_what_and_what_was_written() -> None:
    person = make_person(
        full_name="Test Patient 77", interpreter="yes", asker_name="Test Parent", relation="parent",
        who_for="adult", language="es",
    )  # fmt: skip
    made = make_request(
        Status.WAITING_FOR_PATIENT,
        person=person,
        answers=make_answers(safety=("HD-3", "HD-7"), same_day_care="today"),
    )
    actions.reply(made, "Tuesday\u00a0is fine.\nThank you", by=Actor.patient())
    made.messages.filter(notice="received").update(state=Delivery.FAILED)
    found = bundle(made, ZONE)
    [patient] = of_kind(found, "Patient")
    assert (patient["name"][0]["text"], patient["birthDate"]) == ("Test Patient 77", person.birth_date)
    assert [one["value"] for one in patient["telecom"]] == [person.phone, person.email]
    assert patient["contact"][0]["name"]["text"] == "Test Parent"
    assert patient["communication"][0]["language"]["coding"][0]["code"] == "es-US"
    [response] = of_kind(found, "QuestionnaireResponse")
    items = {one["linkId"]: one["answer"] for group in response["item"] for one in group["item"]}
    assert items["pain"] == [{"valueInteger": 7}]
    assert [one["valueCoding"]["code"] for one in items["safety"]] == ["HD-3", "HD-7"]
    assert items["same_day_care"][0]["valueCoding"]["display"] == "I will have it checked today"
    said = {one["category"][0]["coding"][0]["code"]: one for one in of_kind(found, "Communication")}
    assert said["received"]["status"] == "not-done" and "staff-new" not in said
    letters = [one for one in of_kind(found, "Communication") if "payload" in one]
    assert {one["payload"][0]["contentString"] for one in letters} == {
        "Which days suit you?", "Tuesday is fine.\nThank you",
    }  # fmt: skip


def test_moments_tell_the_clock_of_the_clinic() -> None:
    made = make_request(Status.SCHEDULED)
    at = made.visits.get().starts_at
    for zone in ("America/Phoenix", "America/New_York"):
        [visit] = of_kind(bundle(made, zone), "Appointment")
        assert visit["start"] == at.astimezone(ZoneInfo(zone)).isoformat()


def test_the_judge_finds_what_the_models_let_pass() -> None:
    text = bundle(make_request(Status.SCHEDULED), ZONE).model_dump_json()
    for right, wrong, words in (
        ('"status":"booked"', '"status":"agreed"', "in no value set"),
        ('"basedOn":[{"reference":"urn:uuid:', '"basedOn":[{"reference":"urn:uuid:0', "leads nowhere"),
        ('"fullUrl":"urn:uuid:', '"fullUrl":"urn:uuid:0', "not the id"),
        ('-07:00"', '"', "has no offset"),
        ('"system":"http://', '"system":"', "no address"),
    ):
        assert right in text
        try:
            found = complaints(text.replace(right, wrong))
        except ValueError:
            continue  # the models refuse it themselves
        assert any(words in one for one in found), (wrong, found)


def test_keys_stay_the_same_from_export_to_export() -> None:
    made = make_request(Status.SCHEDULED)
    first, second = (json.loads(bundle(made, ZONE).model_dump_json())["entry"] for _ in range(2))
    assert first == second


def test_spam_should_never_have_existed() -> None:
    made = actions.close(make_request(), CloseReason.SPAM, by=everybody())
    [asked] = of_kind(bundle(made, ZONE), "ServiceRequest")
    assert asked["status"] == "entered-in-error"
    assert asked["extension"][0]["valueCodeableConcept"]["coding"][0]["code"] == "spam"


def test_many_requests_are_one_bundle() -> None:
    made = [make_request(), make_call(), make_request(Status.SEEN)]
    text = "".join(stream([one.pk for one in made], ZONE))
    found = Bundle.model_validate_json(text)
    assert [one["id"] for one in of_kind(found, "ServiceRequest")] == [str(one.pk) for one in made]
    assert complaints(text) == []
    assert Bundle.model_validate_json("".join(stream([], ZONE))).entry in (None, [])


def test_a_document_that_does_not_open_leaves_a_note_and_the_others() -> None:
    broken, whole = make_request(), make_request()
    ConsultationRequest.objects.filter(pk=broken.pk).update(sealed_answers=b"1|k|nonsense")
    found = Bundle.model_validate_json("".join(stream([broken.pk, whole.pk], ZONE)))
    [note] = of_kind(found, "OperationOutcome")
    assert broken.shown_reference in note["issue"][0]["diagnostics"]
    assert len(of_kind(found, "Patient")) == 1


def test_codes_are_mapped_for_every_state() -> None:
    assert set(fhir_codes.REQUEST_STATUS) == set(Status)
    assert set(fhir_codes.PRIORITY) == set(Priority)
    assert set(fhir_codes.COMMUNICATION_STATUS) == set(Delivery)
    assert set(fhir_codes.APPOINTMENT_STATUS) == set(fhir_codes.PARTICIPANT_STATUS) == set(VisitState)


def test_the_document_names_every_code() -> None:
    text = (settings.BASE_DIR / "docs" / "reference" / "fhir.md").read_text()
    maps = (fhir_codes.REQUEST_STATUS, fhir_codes.PRIORITY, fhir_codes.APPOINTMENT_STATUS,
            fhir_codes.PARTICIPANT_STATUS, fhir_codes.COMMUNICATION_STATUS, fhir_codes.MODES,
            fhir_codes.LANGUAGES)  # fmt: skip
    codes = {code for codes in maps for code in codes.values()}
    codes |= {fhir_codes.NEVER_EXISTED, fhir_codes.GOES_ON, fhir_codes.WENT_INTO}
    assert [code for code in sorted(codes) if f"`{code}`" not in text] == []


def test_every_field_of_the_documents_is_exported_or_left_out_on_purpose() -> None:
    answers = {one.name for one in fields(Answers)} - {one.field for one in ANSWERS}
    assert answers == {"rules_version", "consent_version", "labels"}
    elsewhere = {
        "full_name",
        "birth_date",
        "phone",
        "email",
        "language",
        "interpreter",
        "asker_name",
        "relation",
    }
    contact = {one.name for one in fields(Person)} - {one.field for one in CONTACT}
    assert contact == elsewhere | {"days", "day_parts", "times"}  # told together as wished_times


@tries(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=80))
def test_whatever_is_typed_is_valid(text: str) -> None:
    person = make_person(full_name=f"Test {text}", access_needs=text, asker_name=text)
    made = make_request(person=person, answers=make_answers(in_own_words=text, reason=text))
    found = bundle(made, ZONE)
    assert Bundle.model_validate_json(found.model_dump_json()) == found
    assert plain(plain(text)) == plain(text)


def test_fhir_is_loaded_by_an_export_alone() -> None:
    code = (
        "import os, sys, django; django.setup();"
        "import booking.admin.reports.urls, booking.exports.bundles, booking.exports.sheets;"
        "assert not [m for m in sys.modules if m.split('.')[0] in ('fhir', 'pydantic', 'xlsxwriter')]"
    )
    assert run([sys.executable, "-c", code], timeout=600, check=False).returncode == 0
