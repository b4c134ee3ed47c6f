"""An open page asks what happened meanwhile: in words, on record once a change, and by nobody who may not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking import actions
from booking.actions import Actor
from booking.admin.consultation.live_update_words import DID, did_words
from booking.models import AccessLog, ConsultationRequest, Event
from booking.models.access import Look
from booking.rules.roles import Role
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.booking.admin.conftest import page
from tests.factories import free_time, make_clinician, make_request, make_staff

pytestmark = pytest.mark.django_db
# Nothing happens to a request that is open by these: they make it, or erase it.
SILENT = {Verb.SUBMIT, Verb.TAKE_CALL, Verb.RECORD_ACCESS, Verb.ERASE}


def asked(client: Client, request: ConsultationRequest, version: object) -> dict[str, Any]:
    return client.get(page(request, "watch"), {"version": version}).json()  # type: ignore[no-any-return]


def ana(*roles: Role) -> Actor:
    user = make_staff(*(roles or (Role.NURSE,)))
    user.first_name, user.last_name = "Ana", "Nurse"
    user.save()
    return Actor.staff(user)


def test_without_a_change_nothing_is_told_and_nothing_is_recorded(reception: Client) -> None:
    made = make_request()
    assert asked(reception, made, made.version) == {"version": made.version, "words": "", "others": []}
    assert not AccessLog.objects.exists()


def test_a_change_is_told_once_and_is_on_record(reception: Client) -> None:
    made = make_request(Status.IN_REVIEW)
    changed = actions.book_time(made, make_clinician(), free_time(), by=ana())
    told = asked(reception, made, made.version)
    assert told["version"] == changed.version
    assert told["words"].startswith("Ana Nurse booked a visit at ") and told["words"].endswith("m.")
    look = AccessLog.objects.get()
    assert (look.look, look.request) == (Look.TOLD, made)
    assert asked(reception, made, told["version"])["words"] == ""
    assert AccessLog.objects.count() == 1


def test_several_changes_are_the_latest_and_a_number(reception: Client) -> None:
    made, by = make_request(), ana()
    actions.start_review(made, by=by)
    actions.reply(made, "Hello?", by=Actor.patient())
    words = asked(reception, made, made.version)["words"]
    assert words.startswith("The patient wrote to us at ") and words.endswith("1 change before that.")


def test_what_one_did_in_another_window_is_ones_own(as_role: Callable[..., Client]) -> None:
    client, made = as_role(Role.NURSE), make_request()
    user = make_staff()
    client.force_login(user)
    user.groups.set(make_staff(Role.NURSE).groups.all())
    actions.start_review(made, by=Actor.staff(user))
    assert asked(client, made, made.version)["words"].startswith("You started the review at ")


def test_who_else_opened_it_is_told_and_no_watcher_counts(nurse: Client, reception: Client) -> None:
    made = make_request()
    nurse.get(page(made))
    actions.start_review(made, by=ana())
    assert len(asked(reception, made, made.version)["others"]) == 1
    made.refresh_from_db()
    assert asked(nurse, made, made.version)["others"] == []


@pytest.mark.parametrize("typed", ["", "x", "-1", "9" * 12, "0", "1' OR 1=1"])
def test_a_version_of_no_page_tells_nothing(typed: str, nurse: Client) -> None:
    made = make_request()
    actions.start_review(made, by=ana())
    assert asked(nurse, made, typed)["words"] == ""


def test_nobody_else_is_told(as_role: Callable[..., Client]) -> None:
    made = make_request()
    actions.assign(made, make_staff(Role.NURSE), by=ana())
    for role in (Role.EDITOR, Role.CLINICIAN):
        assert as_role(role).get(page(made, "watch"), {"version": 1}).status_code == 403
    assert set(AccessLog.objects.values_list("look", flat=True)) == {Look.DENIED}


def test_it_asks_little_of_the_database(nurse: Client) -> None:
    made = make_request()
    with CaptureQueriesContext(connection) as queries:
        asked(nurse, made, made.version)
    assert len(queries) <= 5, [one["sql"][:90] for one in queries]


@pytest.mark.parametrize("verb", sorted(set(Verb) - SILENT))
def test_every_verb_has_its_sentence(verb: Verb) -> None:
    assert verb in DID
    event = Event(verb=verb, actor=Role.PATIENT, at=timezone.now())
    words = did_words(event, make_staff(), timezone.now())
    assert "%" not in words and words.endswith(".") and not words.endswith("..")


def test_the_pages_of_a_request_carry_it_silent(nurse: Client) -> None:
    made = make_request()
    for address in (page(made), page(made, Verb.ASSIGN)):
        text = nurse.get(address).text
        assert '<div class="told" role="status" aria-live="polite" data-told></div>' in text
        assert f'data-address="{page(made, "watch")}" data-version="{made.version}"' in text
