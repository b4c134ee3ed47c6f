"""The request page: in the order in which a nurse needs it, and no longer than it must be."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from booking import actions
from booking.actions import Actor
from booking.admin.reading.step_groups import ELSEWHERE, KINDS
from booking.admin.reading.steps import ICONS
from booking.admin.reading.undelivered import why_failed
from booking.models import ConsultationRequest
from booking.rules.statuses import Status
from tests.booking.admin.conftest import page
from tests.factories import make_answers, make_request

pytestmark = pytest.mark.django_db


def test_the_patients_news_is_read_before_anything_else(nurse: Client) -> None:
    made = make_request(Status.WAITING_FOR_PATIENT)
    made = actions.reply(made, "The left side", by=Actor.patient())
    text = nurse.get(page(made)).text
    assert text.index("The left side") < text.index("Pain, enjoyment, activity")
    assert 'href="#conversation-title"' in text


def test_what_was_not_told_takes_one_line(nurse: Client) -> None:
    made = make_request(answers=make_answers(allergies="", in_own_words=""))
    text = nurse.get(page(made)).text
    blank = [section.blank for section in nurse.get(page(made)).context["clinical"]["sections"]]
    assert "In their words" in blank[0] and "Allergies" in blank[1]
    assert text.count("Allergies") == 1


def test_a_promise_that_is_over_names_its_date(nurse: Client) -> None:
    made = make_request()
    over = timezone.now() - timedelta(days=3)
    ConsultationRequest.objects.filter(pk=made.pk).update(
        received_at=over - timedelta(days=2), reply_by=over, status_changed_at=over - timedelta(days=2)
    )
    due = timezone.localtime(over)
    assert f"Reply was due {date_format(due, 'D, M j')}" in nurse.get(page(made)).text


def test_every_button_has_one_place() -> None:
    kinds = [kind.verbs for kind in KINDS]
    assert set(ICONS) == set().union(*kinds, ELSEWHERE)
    assert sum(len(verbs) for verbs in kinds) + len(ELSEWHERE) == len(ICONS)


def test_looks_in_a_row_are_one_line_and_none_is_lost(nurse: Client, reception: Client) -> None:
    made = make_request()
    for client in (nurse, nurse, nurse, reception, nurse):
        client.get(page(made))
    found = nurse.get(f"{page(made)}../history/".replace("change/../", "")).context["looks"]
    assert [one.times for one in found] == [1, 1, 1, 3]
    assert sum(one.times for one in found) == made.looks.count()


def test_what_has_to_wait_says_the_way_there(nurse: Client) -> None:
    assert "Cancel the visit first." in nurse.get(page(make_request(Status.SCHEDULED))).text
    assert "Start the review first." in nurse.get(page(make_request())).text
    assert "aria-disabled" not in nurse.get(page(make_request(Status.IN_REVIEW))).text


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("smtp-550", "no such mailbox (smtp-550)"),
        ("smtp-599", "the mail server refused it (smtp-599)"),
        ("TimeoutError", "TimeoutError"),
        ("", ""),
    ],
)
def test_a_failed_email_says_why(code: str, words: str) -> None:
    assert why_failed(code) == words
