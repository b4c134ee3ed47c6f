"""Jobs: thin, and without arguments that could tell something about a person.

Times are UTC; a quarter to ten is a quarter to three at night in Arizona. Procrastinate adds `timestamp`, the
moment a periodic job was due, to each run that the clock started.
"""

from __future__ import annotations

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from booking.actions import (
    apologize,
    drop_run_out,
    lapse_due,
    move_promises,
    purge,
    remind_of_visits,
    tally_all,
    warn_of_lapsing,
)
from booking.delivery.codes import send_code
from booking.delivery.outbox import deliver_due
from booking.delivery.staff_links import send_staff_link, tell_of_change

FINISHED_JOBS_KEPT_HOURS = 48


@app.periodic(cron="* * * * *")
@app.task(name="booking.deliver", pass_context=True)
def deliver(context: JobContext, timestamp: int | None = None) -> None:
    """Send every message that is due: when a verb queued one, and every minute as the truth."""
    deliver_due(stop=context.should_abort)


@app.periodic(cron="* * * * *")
@app.task(name="booking.lapse_offers")
def lapse_offers(timestamp: int) -> None:
    """Free the times that patients did not choose from while they were held."""
    lapse_due()


@app.periodic(cron="* * * * *")
@app.task(name="booking.drop_run_out")
def drop_calls_that_ran_out(timestamp: int) -> None:
    """Take the calls that the clock made untrue from staff: the visit began, or the offer is over."""
    drop_run_out()


@app.periodic(cron="*/5 * * * *")
@app.task(name="booking.remind")
def remind(timestamp: int) -> None:
    """Queue what the clock tells patients: reminders, offers that run out, apologies."""
    remind_of_visits()
    warn_of_lapsing()
    apologize()


@app.periodic(cron="50 * * * *")
@app.task(name="booking.move_promises")
def move_owed_promises(timestamp: int | None = None) -> None:
    """Let owed replies follow the clinic's days: when staff change them, and hourly as the truth."""
    move_promises()


@app.periodic(cron="*/4 * * * *")
@app.task(name="booking.tally")
def tally_requests(timestamp: int | None = None) -> None:
    """Keep the figures of the dashboard right, sooner than anybody would have to wait for them."""
    tally_all()


@app.task(name="booking.send_code")
def send_confirmation_code(draft_id: str) -> None:
    """Mail the code that a page asks for."""
    send_code(draft_id)


@app.task(name="booking.send_staff_link", retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def send_one_time_link(account_id: int) -> None:
    """Mail the link with which a member of staff chooses a password."""
    send_staff_link(account_id)


@app.task(name="booking.tell_staff", retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def tell_staff(event_id: int, where: str) -> None:
    """Mail a member of staff that their name or address was changed."""
    tell_of_change(event_id, where)


@app.periodic(cron="30 * * * *")
@app.task(name="booking.purge")
def purge_hourly(timestamp: int) -> None:
    """Remove drafts and counts whose time is over; hourly, for patients are told that a draft lasts a day."""
    purge()


@app.periodic(cron="*/5 * * * *")
@app.task(name="booking.retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Give back the jobs of workers that died: procrastinate leaves them "doing" for ever."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)


@app.periodic(cron="45 9 * * *")
@app.task(name="booking.remove_finished_jobs", pass_context=True)
async def remove_finished_jobs(context: JobContext, timestamp: int) -> None:
    """Keep the queue's tables small."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=FINISHED_JOBS_KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
