"""The table of verbs, held against the clinic's own list, and walked role by role, status by status."""

from __future__ import annotations

import itertools

import pytest

from booking.rules.errors import NotAllowed, NotPossible
from booking.rules.notices import Notice
from booking.rules.roles import Role
from booking.rules.statuses import FINAL, OPEN, Status
from booking.rules.transitions import IN_A_SENTENCE, TRANSITIONS, Verb, check, why_not

# Written down here a second time on purpose: a slip in the table must meet a disagreement.
# verb | from | to | by | notice
AGREED = """
submit        | -                                   | NEW                 | patient                           | received
take_call     | -                                   | NEW                 | reception nurse                   | received
start_review  | NEW                                 | IN_REVIEW           | nurse clinician                   |
assign        | open                                | same                | reception nurse manager           |
set_priority  | open                                | same                | nurse clinician                   |
log_contact   | any                                 | same                | reception nurse                   |
amend_details | open                                | same                | reception nurse                   |
ask_patient   | IN_REVIEW                           | WAITING_FOR_PATIENT | nurse clinician                   | question
reply         | WAITING_FOR_PATIENT                 | IN_REVIEW           | patient                           |
write         | open                                | same                | patient                           |
answer        | open                                | same                | nurse clinician                   | letter
mark_read     | open                                | same                | reception nurse clinician         |
mark_unread   | open                                | same                | reception nurse clinician         |
offer_times   | IN_REVIEW WAITING_FOR_PATIENT TIMES_OFFERED | TIMES_OFFERED       | reception nurse                   | times-offered
accept_time   | TIMES_OFFERED                       | SCHEDULED           | patient                           | visit-agreed
decline_times | TIMES_OFFERED                       | IN_REVIEW           | patient                           |
lapse_offers  | TIMES_OFFERED                       | IN_REVIEW           | system                            |
book_time     | NEW IN_REVIEW WAITING_FOR_PATIENT TIMES_OFFERED | SCHEDULED | reception nurse                 | visit-agreed
move_visit    | SCHEDULED                           | SCHEDULED           | reception nurse                   | visit-moved
ask_to_move   | SCHEDULED                           | same                | patient                           |
wish_earlier  | open                                | same                | reception nurse                   |
ask_earlier   | SCHEDULED                           | same                | patient                           |
cancel_visit  | SCHEDULED                           | IN_REVIEW           | patient reception nurse           | visit-cancelled
mark_seen     | SCHEDULED                           | SEEN                | reception clinician               |
mark_no_show  | SCHEDULED                           | IN_REVIEW           | reception clinician               |
decline       | IN_REVIEW WAITING_FOR_PATIENT       | DECLINED            | nurse clinician                   | declined
close         | open                                | CLOSED              | nurse manager                     | closed
withdraw      | open                                | WITHDRAWN           | patient                           | withdrawn
reopen        | final                               | IN_REVIEW           | nurse manager                     |
merge         | open                                | CLOSED              | nurse manager                     |
change_contact | open                               | same                | patient                           |
renew_link    | any                                 | same                | patient reception nurse           | new-link
revoke_links  | any                                 | same                | reception nurse manager           |
move_promise  | open                                | same                | system                            |
record_access | any                                 | same                | reception nurse clinician manager |
erase         | any                                 | same                | system                            |
"""  # noqa: E501
GROUPS = {
    "-": frozenset(),
    "open": frozenset(
        {
            Status.NEW,
            Status.IN_REVIEW,
            Status.WAITING_FOR_PATIENT,
            Status.TIMES_OFFERED,
            Status.SCHEDULED,
        }
    ),
    "final": frozenset({Status.SEEN, Status.DECLINED, Status.WITHDRAWN, Status.CLOSED}),
    "any": frozenset(Status),
}


def _agreed() -> dict[Verb, tuple]:
    rows = {}
    for line in AGREED.strip().splitlines():
        verb, sources, target, actors, notice = (cell.strip() for cell in line.split("|"))
        rows[Verb(verb)] = (
            GROUPS[sources] if sources in GROUPS else frozenset(Status[name] for name in sources.split()),
            None if target == "same" else Status[target],
            frozenset(Role(name) for name in actors.split()),
            Notice(notice) if notice else None,
        )
    return rows


ROWS = _agreed()


def test_every_verb_is_agreed_and_every_agreed_verb_is_there():
    assert set(TRANSITIONS) == set(Verb) == set(ROWS)


@pytest.mark.parametrize("verb", Verb)
def test_the_table_says_what_was_agreed(verb):
    row = TRANSITIONS[verb]
    assert (row.sources, row.target, row.actors, row.notice) == ROWS[verb]


@pytest.mark.parametrize("verb", Verb)
def test_a_move_is_allowed_exactly_when_the_agreement_says_so(verb):
    sources, target, actors, _notice = ROWS[verb]
    for status, role in itertools.product(Status, Role):
        roles = frozenset({role})
        refused = NotAllowed if role not in actors else NotPossible if status not in sources else None
        if refused is None:
            assert check(verb, status, roles).target == target
            assert why_not(verb, status, roles) == ""
            continue
        with pytest.raises(refused) as refusal:
            check(verb, status, roles)
        assert str(refusal.value) == why_not(verb, status, roles) != ""


@pytest.mark.parametrize("verb", Verb)
def test_nobody_without_a_role_does_anything(verb):
    for status in Status:
        with pytest.raises(NotAllowed):
            check(verb, status, frozenset())


def test_one_fitting_role_among_several_is_enough():
    assert check(Verb.START_REVIEW, Status.NEW, frozenset({Role.EDITOR, Role.NURSE}))


def test_editors_do_nothing_with_requests():
    assert all(Role.EDITOR not in row.actors for row in TRANSITIONS.values())


def test_every_status_can_be_reached_and_every_open_one_left():
    targets = {row.target for row in TRANSITIONS.values()}
    assert set(Status) <= targets
    for status in OPEN:
        assert any(status in row.sources and row.target not in (None, status) for row in TRANSITIONS.values())


def test_a_final_status_is_left_by_reopening_alone():
    for row in TRANSITIONS.values():
        if row.sources & FINAL and row.target:
            assert row.verb == Verb.REOPEN


def test_a_refusal_names_who_may():
    sentence = why_not(Verb.CLOSE, Status.NEW, frozenset({Role.RECEPTION}))
    assert sentence == "Only a nurse or a manager can do this."


def test_every_actor_of_the_table_has_words_in_a_refusal():
    assert {role for row in TRANSITIONS.values() for role in row.actors} <= set(IN_A_SENTENCE)


@pytest.mark.parametrize("status", Status)
def test_the_patient_reads_what_a_state_means_to_them_not_its_name(status):
    sentence = why_not(Verb.ACCEPT_TIME, status, frozenset({Role.PATIENT}))
    assert bool(sentence) is (status != Status.TIMES_OFFERED)
    assert "Not possible" not in sentence
    assert "“" not in sentence
