"""The page of each verb: by role, with what it needs, and when it is too late."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from booking import actions
from booking.actions import Actor
from booking.admin.reading.steps import ICONS
from booking.models import AccessLog, ConsultationRequest
from booking.models.access import Look
from booking.rules.reasons import CloseReason
from booking.rules.roles import STAFF, Role
from booking.rules.statuses import Status
from booking.rules.transitions import TRANSITIONS, Verb
from tests.booking.admin.conftest import page, seen
from tests.factories import begin_visit, everybody, make_link, make_request

pytestmark = pytest.mark.django_db
STATUS_FOR = {
    Verb.START_REVIEW: Status.NEW,
    Verb.MARK_SEEN: Status.SCHEDULED,
    Verb.MARK_NO_SHOW: Status.SCHEDULED,
    Verb.REOPEN: Status.CLOSED,
    Verb.MOVE_VISIT: Status.SCHEDULED,
    Verb.CANCEL_VISIT: Status.SCHEDULED,
}
NEEDS: dict[Verb, dict[str, Any]] = {
    Verb.ASSIGN: {"assignee": "nobody"},
    Verb.SET_PRIORITY: {"priority": "soon", "reason": "spoke"},
    Verb.LOG_CONTACT: {"outcome": "reached"},
    Verb.DECLINE: {"reason": "not-offered"},
    Verb.CLOSE: {"reason": "unreachable"},
    Verb.REOPEN: {"reason": "mistake"},
    Verb.ASK_PATIENT: {"text": "Since when?"},
    Verb.ANSWER: {"text": "Yes, you may."},
    Verb.CANCEL_VISIT: {"reason": "clinic"},
    Verb.WISH_EARLIER: {"wanted": "yes"},
}
# Forms of their own: test_amend.py, test_book_time.py, test_offer_times.py.
OWN_FORM = (Verb.AMEND_DETAILS, Verb.BOOK_TIME, Verb.MOVE_VISIT, Verb.OFFER_TIMES)
ALL = [*ICONS, Verb.RENEW_LINK, Verb.REVOKE_LINKS]
SIMPLE = [verb for verb in ALL if verb not in OWN_FORM]
EVERY_ROLE = [(verb, role) for verb in ALL for role in sorted(STAFF)]


def ready(verb: Verb) -> ConsultationRequest:
    made = make_request(STATUS_FOR.get(verb, Status.IN_REVIEW))
    if made.visit_id and verb in (Verb.MARK_SEEN, Verb.MARK_NO_SHOW):
        begin_visit(made)
    if verb == Verb.REVOKE_LINKS:
        make_link(made)
    if verb in (Verb.MARK_READ, Verb.MARK_UNREAD):
        made = actions.reply(made, "Hello?", by=Actor.patient())
    if verb == Verb.MARK_UNREAD:
        made = actions.mark_read(made, by=everybody())
    return made


def give(request: ConsultationRequest, browser: Client) -> None:
    """Make it the request of whoever is signed in: a clinician opens their own patients' alone."""
    ConsultationRequest.objects.filter(pk=request.pk).update(assignee=browser.session["_auth_user_id"])


@pytest.mark.parametrize(("verb", "role"), EVERY_ROLE)
def test_a_page_opens_for_the_roles_of_the_table_and_for_nobody_else(
    verb: Verb, role: Role, as_role: Callable[..., Client]
) -> None:
    made, browser = ready(verb), as_role(role)
    give(made, browser)
    answer = browser.get(page(made, verb))
    forced = browser.post(page(made, verb), seen(made, **NEEDS.get(verb, {})))
    if role in TRANSITIONS[verb].actors:
        assert answer.status_code == 200
        assert forced.status_code in (200, 302)
        return
    assert (answer.status_code, forced.status_code) == (403, 403)
    assert AccessLog.objects.filter(look=Look.DENIED).count() == 2
    made.refresh_from_db()
    assert made.version == ready_version(verb)


def ready_version(verb: Verb) -> int:
    return ready(verb).version


@pytest.mark.parametrize("verb", SIMPLE)
def test_post_does_the_verb_once_and_leads_back_to_the_request(
    verb: Verb, as_role: Callable[..., Client]
) -> None:
    made = ready(verb)
    browser = as_role(sorted(TRANSITIONS[verb].actors & STAFF)[0])
    give(made, browser)
    answer = browser.post(page(made, verb), seen(made, **NEEDS.get(verb, {})))
    assert answer.url == page(made)
    event = made.events.first()
    assert event is not None and event.verb == verb
    made.refresh_from_db()
    assert made.status == (TRANSITIONS[verb].target or STATUS_FOR.get(verb, Status.IN_REVIEW))


@pytest.mark.parametrize("verb", list(NEEDS))
def test_an_empty_form_changes_nothing_and_says_what_is_missing(
    verb: Verb, as_role: Callable[..., Client]
) -> None:
    made = ready(verb)
    browser = as_role(sorted(TRANSITIONS[verb].actors & STAFF)[0])
    give(made, browser)
    answer = browser.post(page(made, verb), seen(made))
    assert "There is a problem" in answer.text and "<title>Error: " in answer.text
    assert made.version == ConsultationRequest.objects.get(pk=made.pk).version


def test_somebody_who_was_faster_is_named_and_what_was_typed_stays(nurse: Client) -> None:
    made = make_request(Status.IN_REVIEW)
    old = made.version
    actions.set_priority(made, *_soon(), by=everybody())
    values = {"seen_version": old, "outcome": "voicemail", "note": "Call back after lunch"}
    answer = nurse.post(page(made, Verb.LOG_CONTACT), values)
    assert answer.status_code == 409
    assert "Demo Colleague was faster" in answer.text
    assert "Call back after lunch" in answer.text
    assert made.events.filter(verb=Verb.LOG_CONTACT).count() == 0
    assert not made.notes.exists()
    again = made.__class__.objects.get(pk=made.pk).version
    assert f'name="seen_version" value="{again}"' in answer.text


def _soon() -> tuple[Any, Any]:
    from booking.rules.priority import Priority
    from booking.rules.reasons import PriorityReason

    return Priority.SOON, PriorityReason.SPOKE


def test_a_verb_that_came_too_late_says_so_and_offers_no_button(nurse: Client) -> None:
    made = make_request(Status.IN_REVIEW)
    version = made.version
    actions.close(made, CloseReason.OTHER, by=everybody())
    answer = nurse.post(page(made, Verb.DECLINE), {"seen_version": version, "reason": "age"})
    assert answer.status_code == 409
    assert "Not possible while the request is “Closed”" in answer.text
    assert "Decline the request" not in answer.text


def test_what_staff_are_told_is_not_kept_in_a_cookie(nurse: Client) -> None:
    made = make_request()
    answer = nurse.post(page(made, Verb.START_REVIEW), seen(made))
    assert not [name for name in answer.cookies if "message" in name]
    assert "Review started." in nurse.get(answer.url).text


def test_a_visit_is_not_marked_before_it_begins(reception: Client) -> None:
    made = make_request(Status.SCHEDULED)
    answer = reception.post(page(made, Verb.MARK_SEEN), seen(made))
    assert answer.status_code == 409
    assert "Not yet" in answer.text
    made.refresh_from_db()
    assert made.status == Status.SCHEDULED


def test_only_staff_who_may_open_requests_are_offered_for_assignment(reception: Client) -> None:
    from tests.factories import make_staff

    editor, nurse = make_staff(Role.EDITOR), make_staff(Role.NURSE)
    made = make_request()
    answer = reception.get(page(made, Verb.ASSIGN))
    assert nurse.get_full_name() in answer.text
    assert editor.get_full_name() not in answer.text
    forced = reception.post(page(made, Verb.ASSIGN), seen(made, assignee=editor.pk))
    assert "There is a problem" in forced.text


def test_a_note_with_a_call_is_kept_for_those_who_may_write_one(nurse: Client, reception: Client) -> None:
    made = make_request()
    nurse.post(page(made, Verb.LOG_CONTACT), seen(made, outcome="no-answer", note="Try in the evening"))
    made.refresh_from_db()
    assert [note.text for note in made.notes.all()] == ["Try in the evening"]
    assert "Note for colleagues" not in reception.get(page(made, Verb.LOG_CONTACT)).text
    reception.post(page(made, Verb.LOG_CONTACT), seen(made, outcome="no-answer", note="smuggled"))
    assert made.notes.count() == 1


def test_a_call_whose_note_cannot_be_kept_is_not_recorded_either(
    nurse: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise OperationalError

    made = make_request()
    monkeypatch.setattr(actions, "write_note", broken)
    nurse.raise_request_exception = False
    answer = nurse.post(page(made, Verb.LOG_CONTACT), seen(made, outcome="reached", note="Call the daughter"))
    assert answer.status_code == 503
    assert not made.events.filter(verb=Verb.LOG_CONTACT).exists()


def test_reception_writes_no_notes(reception: Client) -> None:
    made = make_request()
    assert reception.post(page(made, "note"), {"text": "smuggled"}).status_code == 403
    assert not made.notes.exists()
    assert AccessLog.objects.filter(look=Look.DENIED, request=made).exists()


def test_an_empty_note_comes_back_with_the_reason(nurse: Client) -> None:
    made = make_request()
    answer = nurse.post(page(made, "note"), {"text": " "})
    assert "Type a note first" in answer.text
    nurse.post(page(made, "note"), {"text": "Read <b>twice</b>"})
    assert "Read &lt;b&gt;twice&lt;/b&gt;" in nurse.get(page(made)).text
