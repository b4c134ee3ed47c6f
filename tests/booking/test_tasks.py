"""Jobs in the hands of a real worker, on real connections."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.periodic import PeriodicDeferrer

from booking.models import Draft, Message
from booking.models.message import Delivery
from booking.rules.notices import Notice
from booking.rules.retention import DRAFT_KEPT
from booking.rules.statuses import Status
from tests.factories import make_request

ROOT = Path(settings.BASE_DIR)
# Far above what it takes: a busy machine is slow, and what never happens never happens.
SECONDS = 300
# Seconds after which the worker looks by itself: never, as far as the test waits.
SELDOM = ("--fetch-job-polling-interval", "6000")


def run_waiting_jobs() -> None:
    """Run a worker in this process until no job is left."""

    async def work() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as working:
            async with working.open_async():
                await working.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False)

    # The worker's threads end with the loop: their connections must not outlive them.
    own = mock.patch.dict(connections.settings["default"], CONN_MAX_AGE=0)
    # In a thread of its own: the browser of other tests keeps a loop running in this one.
    with own, ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work()).result()


def jobs() -> dict[int, tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, task_name, status FROM procrastinate_jobs ORDER BY id")
        return {row[0]: row[1:] for row in cursor.fetchall()}


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_worker_that_died_is_given_back():
    make_request()
    execute("SELECT procrastinate_register_worker_v1()")
    execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 minutes'")
    execute(
        "UPDATE procrastinate_jobs SET status = 'doing',"
        " worker_id = (SELECT max(id) FROM procrastinate_workers)"
    )
    app.configure_task("booking.retry_stalled_jobs").defer(timestamp=0)
    run_waiting_jobs()
    assert {status for _name, status in jobs().values()} == {"succeeded"}
    assert not Message.objects.exclude(state=Delivery.SENT).exists()


@pytest.mark.django_db(transaction=True)
def test_finished_jobs_go_and_waiting_ones_stay():
    for _ in range(2):
        app.configure_task("booking.purge").defer(timestamp=0)
    first, second = jobs()
    execute(f"UPDATE procrastinate_jobs SET status = 'doing' WHERE id = {first}")  # noqa: S608
    execute(f"UPDATE procrastinate_jobs SET status = 'failed' WHERE id = {first}")  # noqa: S608
    execute("UPDATE procrastinate_events SET at = now() - interval '3 days'")
    execute(f"UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 day' WHERE id = {second}")  # noqa: S608
    app.configure_task("booking.remove_finished_jobs").defer(timestamp=0)
    run_waiting_jobs()
    assert first not in jobs()
    assert jobs()[second] == ("booking.purge", "todo")


@pytest.mark.django_db(transaction=True)
def test_the_hourly_purge_removes_old_drafts():
    draft, _token = Draft.begin("en")
    draft.created_at = timezone.now() - DRAFT_KEPT
    draft.expires_at = timezone.now() - dt.timedelta(seconds=1)
    draft.save()
    app.configure_task("booking.purge").defer(timestamp=0)
    run_waiting_jobs()
    assert not Draft.objects.exists()


def test_the_clock_starts_delivery_each_minute_and_the_purge_each_hour():
    crons = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert crons["booking.deliver"] == "* * * * *"
    assert crons["booking.purge"] == "30 * * * *"
    assert crons["booking.lapse_offers"] == "* * * * *"
    assert crons["booking.drop_run_out"] == "* * * * *"
    assert crons["booking.remind"] == "*/5 * * * *"
    assert crons["booking.tally"] == "*/4 * * * *"
    assert {name for name in crons if name.startswith("booking.")} == {
        "booking.deliver",
        "booking.lapse_offers",
        "booking.drop_run_out",
        "booking.remind",
        "booking.move_promises",
        "booking.purge",
        "booking.tally",
        "booking.retry_stalled_jobs",
        "booking.remove_finished_jobs",
    }


def test_a_job_whose_time_came_while_no_worker_ran_is_done_when_one_is_back():
    """Also the weekly one: a worker that is away on Monday afternoon must not lose it for a week."""
    deferrer = PeriodicDeferrer(registry=app.periodic_registry, **app.periodic_defaults)
    sunday = dt.datetime(2026, 11, 29, 23, tzinfo=dt.UTC)
    monday = dt.datetime(2026, 11, 23, 14, tzinfo=dt.UTC)
    due = {job.task.name: at for job, at in deferrer.get_previous_tasks(at=sunday.timestamp())}
    assert set(due) == {job.task.name for job in app.periodic_registry.periodic_tasks.values()}
    assert due["treatments.pages_due"] == monday.timestamp()


@pytest.mark.django_db(transaction=True)
def test_the_clock_frees_offers_and_apologizes_once_however_often_it_comes_round():
    offered, late = make_request(Status.TIMES_OFFERED), make_request()
    now = timezone.now()
    offered.visits.update(held_until=now)
    hour = dt.timedelta(hours=1)
    type(late).objects.filter(pk=late.pk).update(received_at=now - 2 * hour, reply_by=now - hour)
    for _round in range(2):
        app.configure_task("booking.lapse_offers").defer(timestamp=0)
        app.configure_task("booking.remind").defer(timestamp=0)
        run_waiting_jobs()
    offered.refresh_from_db()
    assert (offered.status, offered.visits.on_offer().count()) == (Status.IN_REVIEW, 0)
    assert late.messages.filter(notice=Notice.OVERDUE).count() == 1
    assert {status for _name, status in jobs().values()} == {"succeeded"}


@pytest.mark.django_db(transaction=True)
def test_the_worker_wakes_for_a_new_message_delivers_it_and_stops_when_asked(tmp_path):
    mail = tmp_path / "mail"
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "procrastinate", "worker", *SELDOM, "--shutdown-graceful-timeout", "1"],
        cwd=ROOT,
        env=os.environ | {"MAIL_DIR": str(mail), "DATABASE_URL": database_url(), "LOG_LEVEL": "INFO"},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_until(worker_is_there)
        request = make_request()
        wait_until(lambda: not request.messages.exclude(state=Delivery.SENT).exists())
        assert len(list(mail.iterdir())) == 2
    finally:
        worker.send_signal(signal.SIGTERM)
        _out, log = worker.communicate(timeout=SECONDS)
    assert worker.returncode == 0
    person = request.person
    for secret in (person.email, person.full_name, person.phone, request.topic):
        assert secret not in log
    assert "booking.deliver" in log


def database_url() -> str:
    """Return the address of the test's own database."""
    name = connection.settings_dict["NAME"]
    before, _, query = os.environ["DATABASE_URL"].partition("?")
    return f"{before.rpartition('/')[0]}/{name}?{query}"


def worker_is_there() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE query ILIKE 'LISTEN%%'"
            " AND datname = current_database()"
        )
        return cursor.fetchone()[0] > 0


def wait_until(condition) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)
