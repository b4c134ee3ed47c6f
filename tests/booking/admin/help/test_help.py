"""The help for staff: it says what the rules say, to every role, and names no patient."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking.admin.help.help_drawing import draw, words
from booking.admin.help.help_lanes import COLUMNS, arrows, levels
from booking.admin.help.help_states import NOT_TAKEN, states, steps, unmoved
from booking.admin.lists.urgency import HINTS, QueueGroup
from booking.models import AccessLog
from booking.rules import safety, triage
from booking.rules.injection_precautions import MATTERS
from booking.rules.reasons import DeclineReason
from booking.rules.roles import STAFF, Role
from booking.rules.statuses import OPEN, Status
from booking.rules.transitions import TRANSITIONS, Verb
from tests.booking.admin.conftest import QUEUE
from tests.factories import make_request

HELP = "/admin/help/"
KEYS_ON = "data-single-keys"
ROWS = list(TRANSITIONS.values())
MOVING = [row for row in ROWS if row.target]


@pytest.fixture
def shown(as_role: Callable[..., Client]) -> str:
    return as_role(Role.NURSE).get(HELP).text


@pytest.mark.parametrize("role", [*sorted(STAFF), None])
def test_whoever_may_open_the_admin_reads_it(role, as_role):
    answer = as_role(*([role] if role else [])).get(HELP)
    assert answer.status_code == 200 and "How a request moves" in answer.text


def test_it_names_no_patient_and_needs_no_record(as_role):
    made = make_request(Status.IN_REVIEW)
    AccessLog.objects.all()
    page = as_role(Role.NURSE).get(HELP).text
    assert not AccessLog.objects.exists()
    assert made.person.full_name not in page and made.shown_reference not in page


def test_nobody_reads_it_without_signing_in(client, db):
    assert client.get(HELP).status_code == 302


@pytest.mark.parametrize("row", MOVING, ids=lambda row: row.verb)
def test_every_step_that_leads_on_is_an_arrow_of_the_drawing(row):
    found = [arrow for arrow in arrows(ROWS) if row.verb in arrow.verbs]
    assert {arrow.target for arrow in found} == {row.target}
    assert frozenset().union(*(arrow.sources for arrow in found)) == row.sources
    assert all(str(row.verb.label) in words(arrow) for arrow in found)
    texts = [line.text for line in draw(ROWS).lines]
    assert all(words(arrow) in texts for arrow in found)


def test_every_step_and_state_is_in_the_drawing_the_cards_and_the_table(shown):
    drawn = re.search(r'<svg class="states-drawing".*?</svg>', shown, re.S)[0]
    for row in ROWS:
        assert (f'id="step-{row.verb}"' in shown) is (row.verb not in NOT_TAKEN)
        if row.target:
            assert str(row.verb.label) in drawn
    for status in Status:
        assert f">{status.label}</text>" in drawn and f'id="state-{status}"' in shown
    still = {step.code for _sources, some in unmoved() for step in some}
    assert still == {row.verb.value for row in ROWS if not row.target and row.verb not in NOT_TAKEN}
    assert "Record access" not in shown and "Erase" not in shown


def test_a_changed_rule_changes_the_drawing_and_the_words():
    changed = replace(TRANSITIONS[Verb.MARK_SEEN], target=Status.CLOSED, actors=frozenset({Role.NURSE}))
    rows = [changed if row.verb == Verb.MARK_SEEN else row for row in ROWS]
    seen = next(arrow for arrow in arrows(rows) if Verb.MARK_SEEN in arrow.verbs)
    assert seen.target == Status.CLOSED
    step = next(step for step in steps(rows) if step.code == Verb.MARK_SEEN)
    assert (step.target, step.who) == ("Closed", "Nurse")
    agreed = next(state for state in states(rows) if state.code == Status.SCHEDULED)
    assert ("Mark seen", "Closed") in [(step.name, step.target) for step in agreed.moves]


def test_each_state_has_its_own_place():
    for some in (OPEN, frozenset(Status) - OPEN):
        places = [COLUMNS[status] for status in some]
        assert len(set(places)) == len(places)


def test_no_two_arrows_run_over_each_other():
    lanes = [arrow for arrow in arrows(ROWS) if arrow.goes == "on"]
    placed = levels(lanes)
    for one in lanes:
        for other in lanes:
            if one != other and placed[one] == placed[other]:
                assert one.span[1] <= other.span[0] or other.span[1] <= one.span[0]


def test_no_words_of_the_drawing_stand_on_other_words():
    made = draw(ROWS)
    boxes = []
    for line in made.lines:
        wide = len(line.text) * 7
        left = line.x if line.anchor == "start" else line.x - wide / 2
        boxes.append((line.text, left, left + wide, line.y))
        assert left >= 0 and left + wide <= made.width and 0 < line.y < made.height
    for text, left, right, y in boxes:
        for other, start, end, height in boxes:
            assert text == other or abs(y - height) > 12 or right <= start or end <= left, (text, other)


def test_the_groups_of_the_queue_are_explained_in_its_own_words(shown):
    for group in QueueGroup:
        assert f"<dt>{group.label}</dt>" in shown
        assert str(HINTS[group])[1:].replace("’", "’") in shown


def test_every_rule_of_priority_stands_there_with_its_source(shown):
    for code in (*safety.BY_CODE, *triage.BY_CODE):
        assert f'<th scope="row">{code}</th>' in shown
    for source in safety.SOURCES.values():
        assert source in shown
    assert f"version {safety.VERSION} of the rules" in shown


def test_what_matters_before_a_shot_stands_there(shown):
    for one in MATTERS:
        assert str(one.name) in shown


def test_patients_onward_advice_stands_there(shown):
    assert all(f'<th scope="row">{reason.label}</th>' in shown for reason in DeclineReason)


def test_links_within_the_page_lead_somewhere(shown):
    ids = re.findall(r'\sid="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', shown)) <= set(ids)


def test_keys_are_only_told_where_a_script_runs(shown):
    assert re.search(r'<dl class="[^"]*help-keys__list js-only"', shown)


def test_each_person_switches_single_keys_off_and_on_without_a_script(as_role):
    one, other = as_role(Role.NURSE), as_role(Role.RECEPTION)
    assert "Single keys are on." in one.get(HELP).text and KEYS_ON in one.get(QUEUE).text
    answer = one.post(f"{HELP}keys/", {"single_keys": "off"}, follow=True)
    assert answer.redirect_chain == [(f"{HELP}#keys", 302)] and "Single keys are off." in answer.text
    assert KEYS_ON not in one.get(QUEUE).text and f"{HELP}#keys" in one.get(QUEUE).text
    assert KEYS_ON in other.get(QUEUE).text
    one.post(f"{HELP}keys/", {"single_keys": "on"})
    assert KEYS_ON in one.get(QUEUE).text


def test_the_preference_costs_no_query(as_role):
    client = as_role(Role.NURSE)
    client.get(HELP)
    with CaptureQueriesContext(connection) as before:
        client.get(HELP)
    client.post(f"{HELP}keys/", {"single_keys": "off"}, follow=True)
    with CaptureQueriesContext(connection) as after:
        client.get(HELP)
    assert len(after) == len(before)
