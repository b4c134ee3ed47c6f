"""The audit page: everything that was done and seen, in words, for managers, and itself on record."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking import actions
from booking.actions import Actor
from booking.admin.reports.audit_log import ACCOUNT, DID, LOOKED, NOT_TAKEN_ALONG, LogPosition, Wanted
from booking.models import AccessLog, AccountEvent, Event
from booking.models.access import Look
from booking.models.account import AccountAct
from booking.rules.priority import Priority
from booking.rules.reasons import PriorityReason
from booking.rules.roles import Role
from booking.rules.transitions import Verb
from tests.booking.admin.conftest import page
from tests.factories import everybody, make_clinician, make_request, make_staff

pytestmark = pytest.mark.django_db
AUDIT = "/admin/audit/"
EXPORT = "/admin/audit/export.csv"


@pytest.fixture
def manager(as_role: Callable[..., Client]) -> Client:
    return as_role(Role.MANAGER)


def rows(answer: Any) -> str:
    return answer.text.split("<tbody")[1].split("</tbody")[0] if "<tbody" in answer.text else ""


def test_events_and_looks_stand_in_one_list_in_words(manager: Client, nurse: Client) -> None:
    made = make_request()
    nurse.get(page(made))
    actions.set_priority(made, Priority.SOON, PriorityReason.SPOKE, by=everybody())
    actions.assign(made, make_staff(Role.NURSE, first_name="Demo", last_name="Reader"), by=everybody())
    text = rows(manager.get(AUDIT))
    order = [
        text.index(words)
        for words in ("Opened the audit page", "Assigned to Demo Reader", "Priority: Routine to Soon. We",
                      "Opened a request", "Received from the website")
    ]  # fmt: skip
    assert order == sorted(order)
    assert text.count(made.shown_reference) == 4
    assert made.person.full_name not in text and "migraine" not in text.lower()


def test_looking_at_it_is_on_record_with_the_choices(manager: Client) -> None:
    manager.get(AUDIT, {"refused": "1", "first": "2026-01-01", "last": "2026-01-31"})
    look = AccessLog.objects.get()
    assert (look.look, look.codes["refused"], look.codes["first"]) == (Look.AUDIT, "1", "2026-01-01")


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.NURSE, Role.CLINICIAN, Role.EDITOR])
def test_others_are_refused_and_that_is_listed(
    role: Role, as_role: Callable[..., Client], manager: Client
) -> None:
    make_request()
    assert as_role(role).get(AUDIT).status_code == 403
    assert as_role(role).post(EXPORT).status_code == 403
    text = rows(manager.get(AUDIT, {"refused": "1"}))
    assert "Was refused: opened the audit page" in text and "Was refused: exported" in text
    assert text.count("<tr") == 2


def test_every_kind_of_refusal_is_on_record_once_with_its_page(as_role: Callable[..., Client]) -> None:
    """Django's own pages, other apps, verbs, a colleague's patient, an account without a role."""
    made = actions.assign(make_request(), make_staff(Role.CLINICIAN), by=everybody())
    tried = (
        (Role.NURSE, "get", "/admin/auth/user/", "admin/auth/user/"),
        (Role.NURSE, "get", "/admin/treatments/page/add/", "admin/treatments/page/add/"),
        (Role.EDITOR, "get", "/admin/autocomplete/", "admin/autocomplete/"),
        (Role.EDITOR, "get", page(made), "change/"),
        (Role.CLINICIAN, "get", page(made), "change/"),
        (Role.CLINICIAN, "get", page(made, "history"), "history/"),
        (Role.RECEPTION, "post", page(made, "decline"), "decline/"),
        (Role.RECEPTION, "post", page(made, "note"), "note/"),
        (Role.NURSE, "post", "/admin/exports/", "admin/exports/"),
        (Role.NURSE, "get", "/admin/staff/", "admin/staff/"),
        (None, "get", "/admin/booking/consultationrequest/", "consultationrequest/"),
    )  # fmt: skip
    for role, method, address, route in tried:
        client = as_role(role) if role else as_role()
        before = AccessLog.objects.count()
        assert getattr(client, method)(address).status_code == 403, address
        [look] = AccessLog.objects.order_by("id")[before:]
        assert look.look == Look.DENIED
        assert look.codes["page"].startswith(f"{method.upper()} admin/") and look.codes["page"].endswith(
            route
        )


def test_a_refused_sign_in_stands_among_the_refusals_and_blames_nobody(
    manager: Client, fresh_sign_in_counters: None
) -> None:
    user = make_staff(Role.NURSE)
    Client().post("/admin/account/sign-in/", {"login": user.username, "password": "not it"})
    text = rows(manager.get(AUDIT, {"refused": "1"}))
    assert f"Sign-in refused: {user.get_full_name()}" in text and "Somebody" in text
    assert text.count("<tr") == 1


@pytest.mark.parametrize("address", [AUDIT, EXPORT])
def test_no_record_no_list(address: str, manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_request()

    def fails(**_fields: object) -> None:
        raise DatabaseError("no record")

    monkeypatch.setattr(AccessLog.objects, "create", fails)
    answer = manager.get(address) if address == AUDIT else manager.post(address)
    assert answer.status_code == 500 and made.shown_reference not in answer.text


def test_filters(manager: Client) -> None:
    first, second = make_request(), make_request()
    nurse = make_staff(Role.NURSE)
    actions.start_review(first, by=Actor.staff(nurse))
    actions.record_access(Look.VIEW, by=Actor.staff(nurse), consultation=second)
    expected = {
        "who": ({"who": str(nurse.pk)}, 2), "patient": ({"who": "patient"}, 2),
        "system": ({"who": "system"}, 0),
        "verb": ({"what": Verb.SUBMIT.value}, 2), "look": ({"what": Look.VIEW.value}, 1),
        "request": ({"request": first.shown_reference.lower()}, 2),
        "both": ({"request": second.reference, "what": Verb.START_REVIEW.value}, 0),
        "past": ({"first": "2020-01-01", "last": "2020-12-31"}, 0),
    }  # fmt: skip
    for name, (query, count) in expected.items():
        assert rows(manager.get(AUDIT, query)).count("<tr") == count, name


def test_an_export_is_one_line_and_stands_with_each_request_that_it_took_along(manager: Client) -> None:
    made = [make_request() for _ in range(3)]
    by = Actor.staff(make_staff(Role.MANAGER))
    actions.record_export([one.pk for one in made], by=by, codes={"format": "csv", "first": "2026-11-01"})
    assert rows(manager.get(AUDIT)).count("Exported 3 requests as CSV") == 1
    assert "Was in an export" not in rows(manager.get(AUDIT))
    assert "Was in an export" in rows(manager.get(AUDIT, {"request": made[0].reference}))
    assert "Was in an export" in manager.get(page(made[0], "history")).text


@pytest.mark.parametrize(
    ("query", "words"),
    [({"who": "999999999999"}, "person is not known"), ({"who": "'; DROP"}, "person is not known"),
     ({"what": "dance"}, "kind of entry is not known"), ({"request": "ABC"}, "No request has this reference"),
     ({"first": "2026-02-30"}, "both dates"),
     ({"first": "2026-11-09", "last": "2026-11-01"}, "must not come"),
     ({"first": "0001-01-01"}, "January 1, 2020"), ({"after": "x"}, "page of the list is not known"),
     ({"after": "2026-11-01T00:00~e~5"}, "page of the list is not known"),
     ({"after": "2026-11-01T00:00+00:00~q~5"}, "page of the list is not known"),
     ({"after": "2026-11-01T00:00+00:00~e~99999999999999999999"}, "page of the list is not known"),
     ({"after": "0001-01-01T00:00:00+23:59~a~1"}, "page of the list is not known"),
     ({"after": "9999-12-31T23:59:59-23:59~a~1"}, "page of the list is not known")],
)  # fmt: skip
def test_what_makes_no_sense_brings_a_sentence_and_no_rows(
    query: dict[str, str], words: str, manager: Client
) -> None:
    make_request()
    answer = manager.get(AUDIT, query)
    assert answer.status_code == 400 and words in answer.text and rows(answer) == ""
    if "after" not in query:
        answer = manager.post(EXPORT, query)
        assert answer.status_code == 400 and words in answer.text


@pytest.mark.parametrize("name", ["who", "what", "request", "first", "last"])
def test_what_no_database_can_hold_brings_a_sentence(name: str, manager: Client) -> None:
    for address in (AUDIT, EXPORT):
        answer = manager.post(address, {name: "\0"})
        assert answer.status_code == 400 and 'role="alert"' in answer.text
    assert "\0" not in str(AccessLog.objects.values_list("codes"))


def test_choices_lead_to_an_address_of_codes(manager: Client) -> None:
    made = make_request()
    answer = manager.post(AUDIT, {"request": made.shown_reference.lower(), "what": Verb.SUBMIT.value})
    assert answer.status_code == 302
    assert answer["Location"] == f"{AUDIT}?what=submit&request={made.reference}"
    assert rows(manager.get(answer["Location"])).count("<tr") == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_typed_into_a_wrong_box_stands_in_no_address_and_no_record(
    method: str, manager: Client
) -> None:
    typed = {name: f"Test Patient {name}" for name in ("who", "what", "request", "first", "last", "refused")}
    answer = getattr(manager, method)(AUDIT, typed)
    assert answer.status_code == 400 and "Test Patient request" in answer.text, "it stays in its box"
    assert "%20Patient" not in answer.text and "+Patient" not in answer.text
    assert AccessLog.objects.get().codes == {"refused": "1"}


def test_pages_follow_each_other_without_a_gap_or_a_row_twice() -> None:
    moment, user = timezone.now(), make_staff(Role.NURSE)
    made = make_request()
    for number in range(12):
        at = moment + dt.timedelta(seconds=number // 4)  # several at the same moment
        AccessLog.objects.create(user=user, look=Look.VIEW, request=made, at=at)
        Event.objects.create(request=made, verb=Verb.ASSIGN, to_status="new", user=user, at=at)
        AccountEvent.objects.create(account=user, act=AccountAct.RESET, user=user, at=at)
    tables = {DID: ~Q(verb=Verb.SUBMIT), LOOKED: NOT_TAKEN_ALONG, ACCOUNT: Q()}
    wanted = Wanted(tables, {user.pk: user})
    place, seen = None, []
    while found := wanted.entries(place, 5):
        seen += found
        place = LogPosition.read(str(LogPosition.of(found[-1])))
    assert [LogPosition.of(one) for one in seen] == sorted(
        (LogPosition.of(one) for one in seen), reverse=True
    )
    assert len({(type(one), one.pk) for one in seen}) == len(seen) == 36


def test_the_next_page_is_a_link(manager: Client) -> None:
    user = make_staff(Role.NURSE)
    AccessLog.objects.bulk_create(AccessLog(user=user, look=Look.LIST) for _ in range(60))
    first = manager.get(AUDIT)
    assert rows(first).count("<tr") == 50
    older = first.text.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&").replace("+", "%2B")
    assert rows(manager.get(older)).count("<tr") == 11  # the first look at this page included


def test_the_export_holds_the_whole_list_and_is_on_record_before(manager: Client) -> None:
    made = make_request()
    user = make_staff(Role.NURSE, first_name="=cmd|' /C calc'!A0", last_name="")
    AccessLog.objects.bulk_create(AccessLog(user=user, look=Look.LIST) for _ in range(60))
    answer = manager.post(EXPORT, {"who": ""})
    recorded = AccessLog.objects.get(look=Look.EXPORT)
    assert recorded.codes["what"] == "audit"
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(text)))
    assert found[0] == ["Time", "Who", "What", "Detail", "Request", "Refused"]
    assert len(found) == 1 + 60 + 1 + made.events.count()
    assert found[1][2] == "Exported the audit list"
    assert {row[1] for row in found if row[2] == "Opened the queue"} == {"'=cmd|' /C calc'!A0"}


def test_few_queries_however_long_the_list(manager: Client) -> None:
    counts, user = list[int](), make_staff(Role.NURSE)
    for _more in range(2):
        actions.assign(make_request(), user, by=everybody())
        with CaptureQueriesContext(connection) as queries:
            manager.get(AUDIT)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_verbs_and_looks_share_no_name() -> None:
    assert len({*Verb.values, *Look.values, *AccountAct.values}) == len(Verb) + len(Look) + len(AccountAct)


def test_acts_on_accounts_stand_in_the_list(manager: Client) -> None:
    boss, new = make_staff(Role.MANAGER), make_staff(Role.NURSE, first_name="Demo", last_name="Newcomer")
    AccountEvent.objects.create(account=new, act=AccountAct.INVITED, user=boss, codes={"roles": ["nurse"]})
    text = rows(manager.get(AUDIT))
    assert "Invited: Demo Newcomer" in text and "Nurse" in text
    assert rows(manager.get(AUDIT, {"what": "invited"})).count("<tr") == 1
    assert rows(manager.get(AUDIT, {"what": "invited", "who": str(new.pk)})).count("<tr") == 0


def test_feeds_stand_in_the_list_by_clinician_and_in_its_export(manager: Client, client: Client) -> None:
    clinician, desk = make_clinician(name="Demo Feedreader"), make_staff(Role.RECEPTION)
    token = actions.renew_feed(clinician, by=Actor.staff(desk))
    assert client.get(f"/calendar/{token}.ics").status_code == 200
    actions.revoke_feed(clinician, by=Actor.staff(desk))
    name = desk.get_full_name() or desk.username
    for kind, who, words in (
        (Look.FEED, "A calendar program", "Read a calendar feed"),
        (Look.FEED_MADE, name, "Made a calendar feed"),
        (Look.FEED_ENDED, name, "Ended a calendar feed"),
    ):
        text = rows(manager.get(AUDIT, {"what": kind.value}))
        assert text.count("<tr") == 1 and token not in text
        assert all(one in text for one in (who, words, "Demo Feedreader")), kind
        answer = manager.post(EXPORT, {"what": kind.value})
        found = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
        assert [row[1:] for row in found[1:]] == [[who, words, "Demo Feedreader", "", ""]]
    assert rows(manager.get(AUDIT, {"who": str(desk.pk)})).count("<tr") == 2
