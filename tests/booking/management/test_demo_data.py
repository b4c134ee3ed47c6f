"""manage.py demo_data."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from booking import actions
from booking.admin.reports.dashboard_figures import figures
from booking.management import demo_story
from booking.management.demo_cases import CASES, PATHS
from booking.models import ConsultationRequest, Event, Letter, Message
from booking.models.letter import Direction
from booking.models.message import Delivery
from booking.models.visit import VisitState
from booking.rules.figures import Span
from booking.rules.patient_activity import PatientActivity
from booking.rules.priority import Priority
from booking.rules.safety import BY_CODE, Level, Topic
from booking.rules.statuses import OPEN, Status

pytestmark = pytest.mark.django_db


def run(*options: str) -> str:
    out = io.StringIO()
    call_command("demo_data", *options, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def _made_once(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Forty stories take seconds: tell them once, in a transaction that is thrown away at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        # As the worker does while nothing is there yet.
        actions.tally_all()
        run()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(_made_once: None, db: None) -> list[ConsultationRequest]:
    return list(ConsultationRequest.objects.all())


def test_some_forty_in_every_state_topic_language_and_priority(demo):
    assert len(demo) == len(CASES) >= 40
    assert {request.status for request in demo} == set(Status)
    assert {request.topic for request in demo} == set(Topic)
    assert {request.language for request in demo} == {"en", "es"}
    assert {request.priority for request in demo} == set(Priority)
    flags = {flag for request in demo for flag in request.flags}
    assert flags >= {"check-today", "doctor-checked"}
    assert flags - {"check-today", "doctor-checked"} == {
        "safety",
        "minor",
        "proxy",
        "interpreter",
        "access",
        "self-pay",
        "call",
    }


def test_everybody_is_plainly_fictional(demo):
    for request in demo:
        person = request.person
        assert re.fullmatch(r"Test Patient \d\d", person.full_name)
        assert re.fullmatch(r"\+148055501\d\d", person.phone)
        assert person.email == "" or person.email.endswith("@example.com")
    assert all(user.get_full_name().startswith("Demo ") for user in User.objects.all())
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_some_are_overdue_and_none_lies_in_the_future(demo):
    now = timezone.now()
    late = [request for request in demo if request.reply_by < now and request.status == Status.NEW]
    assert len(late) >= 2
    assert all(request.received_at < now for request in demo)
    assert not Event.objects.filter(at__gt=now).exists()
    assert max(now - request.received_at for request in demo) > dt.timedelta(days=14)


def test_each_history_is_in_order_and_ends_in_the_requests_state(demo):
    for request in demo:
        events = list(request.events.order_by("id"))
        assert [event.at for event in events] == sorted(event.at for event in events)
        assert events[0].at == request.received_at
        assert events[-1].to_status == request.status
        for before, after in zip(events, events[1:], strict=False):
            assert after.from_status == before.to_status


def test_who_was_seen_had_a_visit_that_is_over(demo):
    now = timezone.now()
    seen = [request for request in demo if request.status == Status.SEEN]
    assert seen and all(r.visit.state == VisitState.SEEN and r.visit.ends_at <= now for r in seen)
    booked = [request for request in demo if request.status == Status.SCHEDULED]
    assert booked and all(request.visit.starts_at > now for request in booked)


def test_one_mail_failed_and_no_worker_finds_one_due(demo):
    failed = Message.objects.get(state=Delivery.FAILED)
    assert (failed.error, failed.notice) == ("smtp-550", "received")
    assert not Message.objects.due().exists()
    assert not Message.objects.filter(sent_at__gt=timezone.now()).exists()


def test_nobody_got_through_with_an_emergency():
    assert not any(BY_CODE[code].level == Level.EMERGENCY for case in CASES for code in case.safety)


def test_every_path_is_taken():
    assert {case.path for case in CASES} == set(PATHS)


def test_it_is_made_once_unless_asked_for_more(demo):
    assert "there already" in run()
    assert ConsultationRequest.objects.count() == len(CASES)
    run("--more")
    assert ConsultationRequest.objects.count() == 2 * len(CASES)


def test_the_clock_tells_the_right_time_again_even_after_an_error():
    real = timezone.now
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    with pytest.raises(RuntimeError), demo_story.clock(lambda: moment):
        assert timezone.now() == moment
        raise RuntimeError
    assert timezone.now is real


def test_open_requests_are_most_of_them(demo):
    assert sum(request.status in OPEN for request in demo) > len(demo) / 2


def test_never_outside_a_demonstration(settings):
    settings.DEMO = False
    before = ConsultationRequest.objects.count()
    with pytest.raises(CommandError, match="not a demonstration"):
        run("--more")
    assert ConsultationRequest.objects.count() == before


def test_each_kind_of_work_after_sending_is_there_to_be_tried(demo):
    assert {request.news for request in demo} >= {"", *PatientActivity.values} - {PatientActivity.LAPSED}
    assert Message.objects.to_tell().exclude(state=Delivery.FAILED).count() == 1
    assert (
        sum(request.call_back_at is not None and request.call_back_at < timezone.now() for request in demo)
        == 1
    )
    offered = [request for request in demo if request.status == Status.TIMES_OFFERED]
    held = [visit.held_until for request in offered for visit in request.visits.on_offer()]
    assert held and min(held) > timezone.now()
    assert Letter.objects.filter(direction=Direction.TO_CLINIC).exists()


def test_the_dashboard_counts_what_was_told_as_long_ago(demo: list[ConsultationRequest]) -> None:
    now = timezone.now()
    span = Span.back(13, timezone.localtime(now).date())
    received = ConsultationRequest.objects.filter(received_at__gte=span.moments("America/Phoenix")[0])
    assert sum(figures(span, "", now).requests.values()) == received.count() > 30
