"""tally: keep the counts of weeks right, so that figures are read from numbers and not from requests.

What changed is found in the history, which every verb writes to: nothing here stands in a request's road.
A week is counted whole, and replaced in one transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Min
from django.utils import timezone

from booking.actions._tally_count import count
from booking.hours.clinic import calendar, promised_reply
from booking.models import ConsultationRequest, Tally, TallyMark
from booking.models.tally import WEEK_LONG
from booking.rules.figures import WEEK, Span, monday
from treatments.clinic import clinic

# How old figures may be before whoever looks counts anew. The worker's clock comes round sooner.
FRESH_FOR: Final = timedelta(minutes=5)
TURN: Final = timedelta(minutes=4)
# A verb writes down when it happened, and can be seen when its transaction ends: none takes as long as this.
OVERLAP: Final = timedelta(minutes=5)
# How many weeks one transaction counts: half a second with a million requests in three years.
AT_ONCE: Final = 13
CHANGED: Final = """
    SELECT DISTINCT date_trunc('week', request.received_at AT TIME ZONE %s)::date
    FROM booking_event AS event JOIN booking_consultationrequest AS request ON request.id = event.request_id
    WHERE event.at >= %s
"""


def tally(weeks: Collection[date], now: datetime, *, anew: bool = False) -> None:
    """Count these weeks (Mondays) where nobody did, and where something changed if all is older than fresh.

    Other weeks that changed are forgotten: they are counted when somebody asks for them. `anew` takes nothing
    for fresh.
    """
    mark, _made = TallyMark.objects.get_or_create(pk=1)
    kept = set(Tally.objects.filter(days=WEEK_LONG, topic="").values_list("first", flat=True))
    fresh = not anew and mark.right_until is not None and abs(now - mark.right_until) <= FRESH_FOR
    clock = _clock()
    changed = set[date]() if fresh else kept & _changed(mark, kept, clock, now)
    for run in _runs(changed & set(weeks) | set(weeks) - kept):
        _replace(run, now)
    if not fresh:
        _mark(clock, changed - set(weeks), now)


def tally_all() -> None:
    """Bring every week up to date, the latest first, and count one old week anew in turn.

    So what a hand in the database changed past the verbs is right again within a day.
    """
    # Another process may have changed the hours: what this one read a moment ago may be older.
    clinic.forget()
    now = timezone.now()
    _fill_first_promises()
    first = ConsultationRequest.objects.aggregate(first=Min("received_at"))["first"] or now
    weeks = list(_weeks(_day(first), _day(now)))
    tally(weeks, now, anew=True)
    _replace([weeks[int(now.timestamp() / TURN.total_seconds()) % len(weeks)]], now)


@transaction.atomic
def forget_tallies() -> None:
    """Let the next look count everything: the history tells nothing of what was written into the past."""
    TallyMark.objects.select_for_update().get_or_create(pk=1)
    Tally.objects.all().delete()
    TallyMark.objects.update(right_until=None, clock="")


def _changed(mark: TallyMark, kept: set[date], clock: str, now: datetime) -> set[date]:
    """Return the weeks whose counts may be others since the mark; all, where the mark says nothing."""
    if mark.right_until is None or mark.clock != clock or mark.right_until > now + FRESH_FOR:
        return kept
    since = mark.right_until - OVERLAP
    with connection.cursor() as cursor:
        cursor.execute(CHANGED, [calendar().zone, since])
        by_verbs = {week for (week,) in cursor.fetchall()}
    waiting = ConsultationRequest.objects.open().filter(first_contact_at=None)
    due = waiting.filter(first_reply_by__gt=since, first_reply_by__lte=now)
    return by_verbs | {monday(_day(received)) for received in due.values_list("received_at", flat=True)}


def _fill_first_promises() -> None:
    """Keep the promise of requests from before it was kept: what the calendar says for their day, for good.

    A day at a time, so that no row waits long.
    """
    missing = ConsultationRequest.objects.filter(first_reply_by=None)
    while received := missing.aggregate(first=Min("received_at"))["first"]:
        start, end = Span(_day(received), _day(received)).moments(calendar().zone)
        of_day = missing.filter(received_at__gte=start, received_at__lt=end)
        of_day.update(first_reply_by=promised_reply(start))


def _runs(weeks: Iterable[date]) -> Iterator[list[date]]:
    """Return weeks in runs of neighbours, the latest run first."""
    run = list[date]()
    for week in sorted(weeks, reverse=True):
        if run and (run[0] - week != WEEK or len(run) == AT_ONCE):
            yield run
            run = []
        run.insert(0, week)
    if run:
        yield run


@transaction.atomic
def _replace(weeks: list[date], now: datetime) -> None:
    TallyMark.objects.select_for_update().get_or_create(pk=1)
    Tally.objects.filter(first__gte=weeks[0], first__lt=weeks[-1] + WEEK).delete()
    count(weeks, now)
    # A week without requests is counted too.
    Tally.objects.bulk_create(
        [Tally(first=week, days=WEEK_LONG, topic="") for week in weeks], ignore_conflicts=True
    )


@transaction.atomic
def _mark(clock: str, forgotten: set[date], now: datetime) -> None:
    mark, _made = TallyMark.objects.select_for_update().get_or_create(pk=1)
    for week in forgotten:
        Tally.objects.filter(first__gte=week, first__lt=week + WEEK).delete()
    known = mark.right_until
    mark.right_until = known if known and now < known <= now + FRESH_FOR else now
    mark.clock = clock
    mark.save()


def _clock() -> str:
    """Return a digest of all that tells how long a wait was; "2": the promise is the one that was kept."""
    days = calendar()
    told = ("2", days.zone, days.state, sorted(days.hours.items()), sorted(days.closures))
    return sha256(repr(told).encode()).hexdigest()


def _weeks(first: date, last: date) -> Iterator[date]:
    week = monday(first)
    while week <= last:
        yield week
        week += WEEK


def _day(moment: datetime) -> date:
    return timezone.localtime(moment, ZoneInfo(calendar().zone)).date()
