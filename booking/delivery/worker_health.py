"""Whether the jobs are being done: signs of life of the worker, and how long due work has been waiting.

All times are read from the database's clock, so that a machine whose own clock is wrong is not misled.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db import connection
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking.models import Message
from booking.models.message import DUE, Delivery

# A worker gives a sign of life every ten seconds; after an outage it is back within forty.
HEARTBEAT_OLD: Final = timedelta(minutes=2)
# The lease of a sender that died, and a minute until the next round.
MESSAGE_OLD: Final = timedelta(minutes=6)
# A mail server that is away, or that puts a sender off for a while, takes a message within the hour. One full
# mailbox does not mean that it takes nothing: other mail goes out.
RETRY_OLD: Final = timedelta(hours=1)
# The longest job, a first count of all figures, takes seconds.
JOB_OLD: Final = timedelta(minutes=10)

# The newest run of each periodic job: procrastinate keeps no older ones in this table.
READ: Final = """
    SELECT statement_timestamp() - (SELECT max(last_heartbeat) FROM procrastinate_workers),
           statement_timestamp() - (SELECT min(next_try_at) FROM {messages} WHERE state = ANY(%(due)s)),
           (SELECT CASE WHEN min(created_at) < statement_timestamp() - %(retry_old)s
                         AND NOT EXISTS (SELECT FROM {messages}
                                         WHERE sent_at > statement_timestamp() - %(retry_old)s)
                   THEN statement_timestamp() - min(created_at) END
            FROM {messages} WHERE state = %(retry)s AND attempts > 1),
           ARRAY(SELECT run.task_name::text
                 FROM procrastinate_periodic_defers AS run
                 JOIN procrastinate_jobs AS job ON job.id = run.job_id
                 WHERE job.status = 'failed'
                    OR (job.status IN ('todo', 'doing')
                        AND extract(epoch FROM statement_timestamp()) - run.defer_timestamp > %(old)s)
                 ORDER BY 1)
"""


@dataclass(frozen=True)
class WorkerHealth:
    """What the database knows of the worker.

    `heartbeat_age` is None when no worker is registered; `oldest_due_age` is None, or below zero, when no
    message is due; `oldest_retry_age` is that of the oldest message which did not go out at several tries, or
    None when it is younger than RETRY_OLD or other mail went out within that time. `standing_jobs` names the
    periodic jobs whose newest run failed or still waits.
    With several workers it speaks of them together: the newest sign of life counts.
    """

    heartbeat_age: timedelta | None
    oldest_due_age: timedelta | None
    oldest_retry_age: timedelta | None = None
    standing_jobs: tuple[str, ...] = ()

    @property
    def is_alive(self) -> bool:
        return self.heartbeat_age is not None and self.heartbeat_age < HEARTBEAT_OLD

    @cached_property
    def problems(self) -> tuple[str, ...]:
        """One sentence for each thing that stands still; none when all is well."""
        return tuple(
            filter(None, (self._no_life(), self._mail_waits(), self._mail_fails(), self._jobs_stand()))
        )

    def _no_life(self) -> str:
        if self.is_alive:
            return ""
        if self.heartbeat_age is None:
            return _("No worker is running: email, reminders and held times stand still.")
        return _("The worker has given no sign of life for %(time)s: email and reminders stand still.") % {
            "time": _minutes(self.heartbeat_age)
        }

    def _mail_waits(self) -> str:
        if self.oldest_due_age is None or self.oldest_due_age < MESSAGE_OLD:
            return ""
        return _("Email that is due has been waiting for %(time)s.") % {"time": _minutes(self.oldest_due_age)}

    def _mail_fails(self) -> str:
        if self.oldest_retry_age is None:
            return ""
        words = _("Email has been tried in vain for %(time)s: the mail server does not take it.")
        return words % {"time": _minutes(self.oldest_retry_age)}

    def _jobs_stand(self) -> str:
        # A worker that is not there is one fault, not ten.
        if not self.standing_jobs or not self.is_alive:
            return ""
        return _("These jobs failed or do not run: %(jobs)s.") % {"jobs": ", ".join(self.standing_jobs)}


def read_worker_health() -> WorkerHealth:
    """Return how the worker does, from one query. Raises django.db.Error without a database."""
    values: dict[str, Any] = {
        "due": sorted(DUE),
        "retry": Delivery.RETRY.value,
        "retry_old": RETRY_OLD,
        "old": JOB_OLD.total_seconds(),
    }
    with connection.cursor() as cursor:
        cursor.execute(READ.format(messages=connection.ops.quote_name(Message._meta.db_table)), values)
        heartbeat, due, retry, jobs = cursor.fetchone()
    return WorkerHealth(heartbeat, due, retry, tuple(jobs))


def _minutes(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 120:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    return ngettext("%(n)d hour", "%(n)d hours", minutes // 60) % {"n": minutes // 60}
