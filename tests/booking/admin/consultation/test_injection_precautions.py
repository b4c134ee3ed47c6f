"""What matters before a shot stands on the request page, for those who see answers."""

from __future__ import annotations

from datetime import date

import pytest

from booking import actions
from booking.admin.consultation.injection_precautions import injection_precautions
from booking.rules.priority import Priority, suggest
from booking.rules.reasons import PriorityReason
from booking.rules.roles import Role
from tests.booking.admin.conftest import page
from tests.factories import everybody, make_answers, make_person, make_request
from tests.treatments.factories import make_condition, make_indication

TITLE = "Before anybody speaks of a shot"


def test_flags_and_the_numbers_of_the_label_stand_on_the_request(nurse):
    made = make_request(answers=make_answers(health=("infection", "bleeding"), last_toxin="recent"))
    shown = nurse.get(page(made)).text
    assert TITLE in shown and "panel--noted" in shown
    for name in ("Infection at the site", "Bleeding, blood thinner", "Toxin in the last 4 months"):
        assert name in shown
    assert "Headache days a month, 15 or more: yes" in shown


def test_it_rejects_nobody_and_changes_no_priority():
    told = make_answers(health=("allergy", "infection", "pregnancy"))
    assert suggest(told, 40).priority == Priority.ROUTINE


def test_reception_sees_none_of_it(reception):
    made = make_request(answers=make_answers(health=("pregnancy",)))
    shown = reception.get(page(made)).text
    assert TITLE not in shown and "Pregnant" not in shown


def test_nothing_told_is_nothing_shown():
    told = make_answers(topic="back-pain", headache_days=None, migraine_days=None)
    assert injection_precautions(told, make_person(), date(2026, 1, 1)) is None


def test_a_priority_that_staff_set_stands_beside_the_suggested_one(nurse):
    made = make_request(answers=make_answers(safety=("HD-4",)))
    actions.set_priority(made, Priority.ROUTINE, PriorityReason.SPOKE, by=everybody())
    shown = nurse.get(page(made)).text
    assert "Suggested: Same day" in shown and "Routine, set by Demo Colleague" in shown
    assert "We spoke with the patient" in shown


def test_a_rule_that_fired_from_answers_says_so(nurse):
    made = make_request(person=make_person(birth_date="1960-01-01"), answers=make_answers(duration="weeks"))
    assert made.priority_reasons == ["ANS-3"]
    shown = nurse.get(page(made)).text
    assert "A headache that began less than 3 months ago, at 50 or older" in shown
    assert "Not asked like this: it follows from other answers" in shown


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.NURSE])
def test_the_status_leads_to_what_can_happen_next(role, as_role):
    made = make_request()
    assert 'href="/admin/help/#state-new"' in as_role(role).get(page(made)).text


def test_what_our_page_said_then_stands_on_the_request(nurse):
    made = make_request()
    assert "Our page said then" not in nurse.get(page(made)).text
    make_indication(make_condition("migraine"), grade_label_en="Weak, at that time")
    shown = nurse.get(page(make_request())).text
    assert "Our page said then" in shown and "Chronic: Off-label use. Weak, at that time" in shown
