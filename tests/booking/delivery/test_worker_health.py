"""Whether anybody does the jobs is read from the database, by its clock."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection

from booking.delivery.worker_health import WorkerHealth, read_worker_health
from booking.models import Message
from tests.factories import make_request

pytestmark = pytest.mark.django_db


def execute(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def beat(ago: str) -> None:
    execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval)", ago)


def run_of(job: str, ago: str, status: str) -> None:
    """Leave the newest run of a periodic job behind, in a state."""
    execute(
        "WITH job AS (INSERT INTO procrastinate_jobs (task_name, queue_name, args, status)"
        " VALUES (%s, 'default', '{}', 'todo') RETURNING id)"
        " INSERT INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp, job_id)"
        " SELECT %s, '', extract(epoch FROM now() - %s::interval)::bigint, id FROM job",
        job, job, ago,
    )  # fmt: skip
    for step in {"todo": (), "failed": ("doing", "failed"), "succeeded": ("doing", "succeeded")}[status]:
        execute("UPDATE procrastinate_jobs SET status = %s WHERE task_name = %s", step, job)


def test_without_a_worker_it_says_so() -> None:
    (problem,) = read_worker_health().problems
    assert problem.startswith("No worker is running")


def test_a_worker_with_a_fresh_sign_of_life_has_no_problem() -> None:
    beat("15 seconds")
    assert read_worker_health().problems == ()


def test_an_old_sign_of_life_says_how_old() -> None:
    beat("7 minutes")
    (problem,) = read_worker_health().problems
    assert "no sign of life for 7 minutes" in problem


def test_of_two_workers_one_that_lives_is_enough() -> None:
    beat("3 hours")
    beat("2 seconds")
    assert read_worker_health().problems == ()


def test_email_that_is_due_for_long_is_a_problem_and_what_is_due_later_is_none() -> None:
    beat("1 second")
    make_request()
    execute("UPDATE booking_message SET next_try_at = now() + interval '1 hour'")
    assert read_worker_health().problems == ()
    execute("UPDATE booking_message SET next_try_at = now() - interval '5 minutes'")
    assert read_worker_health().problems == ()
    execute("UPDATE booking_message SET next_try_at = now() - interval '3 hours'")
    assert read_worker_health().problems == ("Email that is due has been waiting for 3 hours.",)
    execute("UPDATE booking_message SET state = 'sent', sent_at = now()")
    assert read_worker_health().problems == ()


def test_email_that_is_tried_in_vain_is_a_problem_although_it_is_not_due_now() -> None:
    beat("1 second")
    make_request()
    tried(2)
    assert read_worker_health().problems == ()
    execute("UPDATE booking_message SET created_at = now() - interval '90 minutes'")
    (problem,) = read_worker_health().problems
    assert problem.startswith("Email has been tried in vain for 90 minutes")


def tried(times: int) -> None:
    """Let all email have been tried so often, the next try in an hour."""
    execute(
        "UPDATE booking_message SET state = 'retry', attempts = %s, next_try_at = now() + interval '1 hour'",
        times,
    )


def test_email_that_waited_while_the_worker_was_away_was_not_tried_in_vain() -> None:
    beat("1 second")
    make_request()
    tried(1)
    execute("UPDATE booking_message SET created_at = now() - interval '3 hours'")
    assert read_worker_health().problems == ()


def test_one_full_mailbox_is_no_fault_of_the_server_while_other_email_goes_out() -> None:
    beat("1 second")
    make_request()
    tried(8)
    execute("UPDATE booking_message SET created_at = now() - interval '5 hours'")
    full = Message.objects.values_list("pk", flat=True)[0]
    make_request()
    sent = "UPDATE booking_message SET state = 'sent', sent_at = now() - %s::interval WHERE id <> %s"
    execute(sent, "1 minute", full)
    assert read_worker_health().problems == ()
    execute(sent, "2 hours", full)
    (problem,) = read_worker_health().problems
    assert problem.startswith("Email has been tried in vain for 5 hours")


def test_a_clock_of_ours_that_is_wrong_changes_nothing() -> None:
    beat("1 second")
    with time_machine.travel(dt.datetime(2031, 1, 1, tzinfo=dt.UTC)):
        assert read_worker_health().problems == ()
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("ago", "status", "is_named"),
    [
        ("1 minute", "failed", True),
        ("20 minutes", "todo", True),
        ("1 minute", "todo", False),
        ("20 minutes", "succeeded", False),
    ],
)
def test_a_periodic_job_that_failed_or_waits_is_named(ago: str, status: str, is_named: bool) -> None:
    beat("1 second")
    run_of("booking.purge", ago, status)
    assert read_worker_health().problems == (
        ("These jobs failed or do not run: booking.purge.",) if is_named else ()
    )


def test_the_jobs_of_a_worker_that_is_gone_are_one_fault() -> None:
    health = WorkerHealth(None, None, None, ("booking.purge", "booking.remind"))
    assert len(health.problems) == 1


def test_the_check_of_a_container_ends_with_an_error_while_something_stands_still(capsys) -> None:
    with pytest.raises(CommandError, match="No worker is running"):
        call_command("worker", "--health")
    beat("1 second")
    call_command("worker", "--health")
    assert "signs of life" in capsys.readouterr().out
