"""start_review, assign, set_priority and log_contact: what each keeps."""

from __future__ import annotations

import pytest

from booking import actions
from booking.actions import Actor
from booking.rules.errors import NotPossible
from booking.rules.priority import Priority
from booking.rules.reasons import ContactOutcome, PriorityReason
from tests.factories import everybody, make_answers, make_request, make_staff

pytestmark = pytest.mark.django_db


def test_who_reviews_first_looks_after_it():
    nurse = make_staff("nurse")
    assert actions.start_review(make_request(), by=Actor.staff(nurse)).assignee == nurse


def test_a_review_does_not_take_it_from_somebody():
    request, owner = make_request(), make_staff("nurse")
    request = actions.assign(request, owner, by=everybody())
    assert actions.start_review(request, by=Actor.staff(make_staff("nurse"))).assignee == owner


def test_it_can_be_given_to_nobody():
    request = actions.assign(make_request(), make_staff("nurse"), by=everybody())
    request = actions.assign(request, None, by=everybody())
    assert request.assignee is None
    assert request.events.first().codes == {"assignee": None}


@pytest.mark.parametrize(
    "unfit", [{"roles": ["editor"]}, {"roles": []}, {"roles": ["nurse"], "is_active": False}]
)
def test_it_is_not_given_to_somebody_who_cannot_open_it(unfit):
    somebody = make_staff(*unfit["roles"], is_active=unfit.get("is_active", True))
    with pytest.raises(NotPossible):
        actions.assign(make_request(), somebody, by=everybody())


def test_what_the_rules_suggested_stays_beside_what_staff_decided():
    request, by = make_request(answers=make_answers(safety=("HD-4",))), everybody()
    request = actions.set_priority(request, Priority.ROUTINE, PriorityReason.SPOKE, by=by)
    assert (request.priority, request.suggested_priority) == (Priority.ROUTINE, Priority.SAME_DAY)
    assert request.priority_set_by == by.user
    assert request.events.first().codes == {"from": "same-day", "to": "routine", "reason": "spoke"}


@pytest.mark.parametrize("outcome", ContactOutcome)
def test_only_reaching_somebody_keeps_the_promise(outcome):
    request = actions.log_contact(make_request(), outcome, by=everybody())
    assert (request.first_contact_at is not None) is (outcome == ContactOutcome.REACHED)
    assert request.events.first().codes == {"outcome": outcome}


def test_the_first_contact_stays_the_first():
    request, by = make_request(), everybody()
    request = actions.log_contact(request, ContactOutcome.REACHED, by=by)
    first = request.first_contact_at
    assert actions.log_contact(request, ContactOutcome.REACHED, by=by).first_contact_at == first
