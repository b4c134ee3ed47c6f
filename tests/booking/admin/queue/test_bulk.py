"""Several requests at once: what will change, what cannot, and one event for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from booking import actions
from booking.models import AccessLog, ConsultationRequest, Event, Message
from booking.models.access import Look
from booking.rules.roles import Role
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.booking.admin.conftest import QUEUE, page, seen
from tests.factories import everybody, make_person, make_request, make_staff

pytestmark = pytest.mark.django_db
BULK = f"{QUEUE}bulk/"


def post(client: Client, do: str, *requests: ConsultationRequest, **values: Any) -> Any:
    picks = [f"{one.pk}:{one.version}" if values else str(one.pk) for one in requests]
    confirmed = {"confirmed": "1"} if values else {}
    return client.post(BULK, {"do": do, "pick": picks, **confirmed, **values}, follow=bool(values))


def test_the_page_lists_what_will_change_and_what_cannot_and_why(nurse: Client) -> None:
    able = make_request(person=make_person(full_name="Test Patient 31"))
    unable = make_request(Status.CLOSED, person=make_person(full_name="Test Patient 32"))
    text = post(nurse, "spam", able, unable).text
    assert "Close 1 request as spam?" in text
    assert text.index("These will change (1)") < text.index("Test P. 31") < text.index("These cannot (1)")
    assert "Not possible while the request is “Closed”" in text.split("Test P. 32")[1]
    able.refresh_from_db()
    assert able.status == Status.NEW


def test_nothing_changes_before_it_is_confirmed(nurse: Client) -> None:
    made = make_request()
    for do in ("assign", "priority", "spam"):
        assert post(nurse, do, made).status_code == 200
    made.refresh_from_db()
    assert (made.version, made.assignee) == (1, None)


def test_assign_writes_one_event_for_each(nurse: Client) -> None:
    one, two, colleague = make_request(), make_request(), make_staff(Role.NURSE)
    text = post(nurse, "assign", one, two, assignee=str(colleague.pk)).text
    assert "2 requests changed." in text
    for made in (one, two):
        made.refresh_from_db()
        assert made.assignee == colleague
        assert made.events.filter(verb=Verb.ASSIGN).count() == 1


def test_priority_needs_a_reason_and_keeps_the_suggestion(nurse: Client) -> None:
    made = make_request()
    text = post(nurse, "priority", made, priority="soon").text
    assert "Error:" in text and "Select why" in text
    post(nurse, "priority", made, priority="soon", reason="spoke")
    made.refresh_from_db()
    assert (made.priority, made.suggested_priority) == ("soon", "routine")


def test_spam_tells_nobody(nurse: Client) -> None:
    made = make_request()
    before = Message.objects.count()
    post(nurse, "spam", made, yes="1")
    made.refresh_from_db()
    assert (made.status, made.outcome_reason) == (Status.CLOSED, "spam")
    assert Message.objects.count() == before


def test_one_that_changed_meanwhile_is_named_and_the_others_are_done(nurse: Client) -> None:
    changed, still = make_request(), make_request()
    actions.assign(ConsultationRequest.objects.get(pk=changed.pk), None, by=everybody())
    text = post(nurse, "spam", changed, still, yes="1").text
    assert f"{changed.shown_reference}: Demo Colleague was faster" in text
    assert "1 request changed." in text
    changed.refresh_from_db()
    assert changed.status == Status.NEW


def test_one_that_went_to_a_colleague_meanwhile_is_left_and_the_others_are_done(
    as_role: Callable[..., Client],
) -> None:
    clinician, gone = as_role(Role.CLINICIAN), make_request()
    first, last = make_request(), make_request()
    actions.assign(gone, make_staff(Role.CLINICIAN), by=everybody())
    gone.refresh_from_db()
    values = {"priority": "soon", "reason": "clinical"}
    text = post(clinician, "priority", first, gone, last, **values).text
    assert "2 requests changed." in text
    assert "1 was left as it is: you may not change it any more." in text
    assert gone.shown_reference not in text
    assert AccessLog.objects.filter(look=Look.DENIED, request=gone).count() == 1
    before = gone.priority
    for made in (first, gone, last):
        made.refresh_from_db()
    assert (first.priority, gone.priority, last.priority) == ("soon", before, "soon")


def test_a_role_is_offered_and_may_do_only_what_its_verbs_allow(reception: Client) -> None:
    made = make_request()
    text = reception.get(QUEUE).text
    assert 'value="assign"' in text and 'value="spam"' not in text and 'value="priority"' not in text
    assert post(reception, "spam", made, yes="1").status_code == 403
    assert Event.objects.filter(verb=Verb.CLOSE).count() == 0


@pytest.mark.parametrize(
    "values",
    [{}, {"do": "assign"}, {"do": "delete", "pick": "x"}, {"do": "spam", "pick": ["x", "1:2", ":"]},
     {"do": "spam", "confirmed": "1"}],
)  # fmt: skip
def test_made_up_input_leads_back_with_a_hint(values: dict[str, Any], nurse: Client) -> None:
    answer = nurse.post(BULK, values, follow=True)
    assert answer.redirect_chain[0][0] == QUEUE
    assert "Check some requests first" in answer.text


def test_what_nobody_read_is_not_confirmed(nurse: Client) -> None:
    made = make_request()
    answer = nurse.post(BULK, {"do": "spam", "pick": str(made.pk), "confirmed": "1", "yes": "1"}, follow=True)
    assert "Check some requests first" in answer.text
    assert not Event.objects.filter(verb=Verb.CLOSE).exists()


def test_it_is_by_post_alone(nurse: Client) -> None:
    assert nurse.get(BULK).status_code == 405


def test_the_filters_survive(nurse: Client) -> None:
    made = make_request()
    values = {"do": "spam", "pick": f"{made.pk}:{made.version}", "confirmed": "1"}
    assert nurse.post(f"{BULK}?topic=migraine", values).url == f"{QUEUE}?topic=migraine"


def test_assign_to_me_asks_for_nothing_more(nurse: Client) -> None:
    made = make_request()
    assert "Assign 1 request to you?" in post(nurse, "mine", made).text
    post(nurse, "mine", made, yes="1")
    made.refresh_from_db()
    assert made.assignee == nurse.get(QUEUE).wsgi_request.user


def test_one_click_on_the_request_page_assigns_it_to_me(nurse: Client) -> None:
    made = make_request()
    assert "Assign to me" in nurse.get(page(made)).text
    me = nurse.get(QUEUE).wsgi_request.user
    nurse.post(page(made, Verb.ASSIGN), seen(made, assignee=str(me.pk)))
    assert "Assign to me" not in nurse.get(page(made)).text.split('id="key-help"')[0]
    assert "Assign to me" not in nurse.get(page(make_request(Status.CLOSED))).text.split('id="key-help"')[0]
