"""Exports: for managers, shown before they are made, on record before their first byte."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from fhir.resources.R4B.bundle import Bundle

from booking import actions
from booking.admin.reports import exports_form
from booking.models import AccessLog
from booking.models.access import Look
from booking.rules.roles import Role
from booking.rules.statuses import Status
from tests.booking.exports.test_sheets import read_xlsx
from tests.factories import everybody, make_person, make_request

pytestmark = pytest.mark.django_db
EXPORTS = "/admin/exports/"


@pytest.fixture
def manager(as_role: Callable[..., Client]) -> Client:
    return as_role(Role.MANAGER)


def asked(**values: Any) -> dict[str, Any]:
    today = timezone.localdate()
    days = {"first": today.replace(day=1).isoformat(), "last": today.isoformat()}
    return {"format": "csv", **days, **values}


def body(answer: Any) -> bytes:
    assert answer.status_code == 200, answer.text
    return b"".join(answer.streaming_content)


def test_the_form_exports_nothing_and_neither_does_the_page_to_confirm(manager: Client) -> None:
    made = make_request(Status.DECLINED)
    assert manager.get(EXPORTS).status_code == 200
    text = manager.post(EXPORTS, asked(statuses=["declined", "seen"], contents=["person"])).text
    for words in (
        "Export 1 request?",
        "Seen, Declined",
        "Reference, Received",
        "Birth date",
        "Record and download",
    ):
        assert words in text
    assert made.person.full_name not in text and "PEG" not in text
    assert not AccessLog.objects.filter(look=Look.EXPORT).exists()


def test_what_was_confirmed_is_made_and_on_record(manager: Client) -> None:
    declined, new = make_request(Status.DECLINED), make_request()
    answer = manager.post(EXPORTS, asked(statuses=["declined"], contents=["person"], confirmed="1"))
    look = AccessLog.objects.get(look=Look.EXPORT)
    assert (look.codes["format"], look.codes["statuses"], look.codes["parts"]) == (
        "csv",
        ["declined"],
        ["person"],
    )
    assert look.codes["requests"] == 1
    assert AccessLog.objects.get(look=Look.EXPORTED).request == declined
    rows = list(csv.DictReader(io.StringIO(body(answer).decode("utf-8-sig"))))
    assert [row["Name"] for row in rows] == [declined.person.full_name]
    assert new.shown_reference not in str(rows)
    assert answer["Content-Disposition"].startswith('attachment; filename="requests-20')


def test_a_workbook(manager: Client) -> None:
    made = make_request()
    answer = manager.post(EXPORTS, asked(format="xlsx", confirmed="1"))
    rows = read_xlsx(io.BytesIO(body(answer)))
    assert [row[0] for row in rows] == ["Reference", made.shown_reference]
    assert made.person.full_name not in str(rows)


def test_a_bundle_of_a_range_and_of_one_request(manager: Client) -> None:
    first, second = make_request(), make_request(Status.SEEN)
    many = Bundle.model_validate_json(body(manager.post(EXPORTS, asked(format="fhir", confirmed="1"))))
    one = {"format": "fhir", "reference": second.shown_reference.lower(), "confirmed": "1"}
    answer = manager.post(EXPORTS, one)
    single = Bundle.model_validate_json(body(answer))
    names = [json.loads(bundle.model_dump_json()) for bundle in (many, single)]
    assert [first.person.full_name in str(names[0]), first.person.full_name in str(names[1])] == [True, False]
    assert second.person.full_name in str(names[1])
    assert answer["Content-Disposition"] == 'attachment; filename="requests-one.fhir.json"'
    codes = AccessLog.objects.filter(look=Look.EXPORT).latest("id").codes
    assert codes == {
        "format": "fhir",
        "parts": ["person", "answers"],
        "reference": second.reference,
        "requests": 1,
    }


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.NURSE, Role.CLINICIAN, Role.EDITOR])
def test_others_are_refused_on_record(role: Role, as_role: Callable[..., Client]) -> None:
    make_request()
    client = as_role(role)
    assert client.get(EXPORTS).status_code == 403
    assert client.post(EXPORTS, asked(confirmed="1")).status_code == 403
    assert set(AccessLog.objects.values_list("look", flat=True)) == {Look.DENIED}


@pytest.mark.parametrize("breaks", ["create", "bulk_create"])
@pytest.mark.parametrize("kind", exports_form.Format.values)
def test_no_record_no_file(breaks: str, kind: str, manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_request()

    def fails(*_rows: object, **_fields: object) -> None:
        raise DatabaseError("no record")

    monkeypatch.setattr(AccessLog.objects, breaks, fails)
    answer = manager.post(EXPORTS, asked(format=kind, contents=["person"], confirmed="1"))
    assert answer.status_code == 500 and made.person.full_name not in answer.text


@pytest.mark.parametrize(
    ("values", "words"),
    [({"format": "pdf"}, "Select one of the answers listed"), ({"format": ""}, "Select a kind of file"),
     ({"first": "2026-02-30"}, "Enter both dates"), ({"last": ""}, "Enter both dates"),
     ({"first": "2026-11-02", "last": "2026-11-01"}, "must not come after"),
     ({"first": "1999-01-01"}, "January 1, 2020"), ({"last": "2999-01-01"}, "January 1, 2020"),
     ({"statuses": ["gone"]}, "Select only answers from the list"),
     ({"contents": ["passwords"]}, "Select only answers from the list"),
     ({"reference": "AAAAA-AAAAB"}, "No request has this reference"), ({"reference": "\"><i>"}, "No request"),
     ({"first": "2020-01-01", "last": "2020-01-02"}, "No request fits")],
)  # fmt: skip
def test_what_makes_no_sense_brings_a_sentence_and_no_file(
    values: dict[str, Any], words: str, manager: Client
) -> None:
    make_request()
    answer = manager.post(EXPORTS, asked(confirmed="1", **values) | values)
    assert words in answer.text and "There is a problem" in answer.text
    assert not AccessLog.objects.filter(look=Look.EXPORT).exists()


def test_one_file_holds_so_many_and_no_more(manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_request(), make_request()
    monkeypatch.setitem(exports_form.MAX_ROWS, "csv", 1)
    assert "2 requests fit, and one file holds at most 1" in manager.post(EXPORTS, asked(confirmed="1")).text


def test_the_page_of_a_request_leads_to_its_bundle(manager: Client) -> None:
    text = manager.get(EXPORTS, {"reference": '7XK2M-4QWF9"><i>'}).text
    assert 'value="7XK2M-4QWF9&quot;' in text and "<i>" not in text
    assert re.search(r'value="fhir"[^>]* checked', text)


def test_back_keeps_what_was_chosen(manager: Client) -> None:
    make_request()
    text = manager.post(EXPORTS, asked(format="xlsx", statuses=["new"], back="1")).text
    assert 'value="xlsx"' in text and len(re.findall(r"<input[^>]* checked", text)) == 2


def test_the_bundle_of_a_request_holds_what_was_merged_into_it_on_record(manager: Client) -> None:
    person = make_person()
    target, other = make_request(Status.IN_REVIEW, person=person), make_request(person=person)
    actions.merge(other, target, by=everybody())
    page = manager.get(f"/admin/booking/consultationrequest/{target.pk}/change/").text
    assert f'href="{EXPORTS}?reference={target.shown_reference}"' in page
    values = {"format": "fhir", "reference": target.shown_reference}
    assert "with what was merged into it" in manager.post(EXPORTS, values).text
    found = json.loads(body(manager.post(EXPORTS, values | {"confirmed": "1"})))
    asked_for = [one["resource"] for one in found["entry"]]
    assert {one["id"] for one in asked_for if one["resourceType"] == "ServiceRequest"} == {
        str(target.pk),
        str(other.pk),
    }
    exported = AccessLog.objects.filter(look=Look.EXPORTED).values_list("request", flat=True)
    assert set(exported) == {target.pk, other.pk}


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.NURSE, Role.CLINICIAN])
def test_nobody_else_is_led_to_an_export(role: Role, as_role: Callable[..., Client]) -> None:
    made = make_request()
    page = as_role(role).get(f"/admin/booking/consultationrequest/{made.pk}/change/")
    assert page.status_code == 200 and EXPORTS not in page.text
