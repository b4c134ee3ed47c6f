"""Times that came free, and who would take them: the most urgent first, then who asked first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Case, When

from booking.admin.calendar.times import suits, week_of
from booking.admin.reading.steps import verb_url
from booking.hours.clinic import calendar
from booking.hours.clinicians import Plan
from booking.models import ConsultationRequest, EarlierWish, FreedTime
from booking.models.sealed import SealBroken
from booking.rules.documents import Person
from booking.rules.notice_period import in_time
from booking.rules.priority import Priority
from booking.rules.statuses import Status
from booking.rules.transitions import Verb

MAX_ROWS: Final = 200
URGENCY: Final = Case(*(When(request__priority=one, then=place) for place, one in enumerate(Priority)))
NEXT: Final = {
    Status.SCHEDULED: Verb.MOVE_VISIT,
    Status.IN_REVIEW: Verb.OFFER_TIMES,
    Status.WAITING_FOR_PATIENT: Verb.OFFER_TIMES,
}


@dataclass(frozen=True)
class Candidate:
    """Somebody who wants an earlier time, and the page on which they are given this one."""

    request: ConsultationRequest
    name: str
    person: Person
    suits: bool
    url: str
    verb: Verb
    ahead: str


@dataclass(frozen=True)
class Freed:
    """A time that is still free, and who could take it."""

    time: FreedTime
    starts_at: datetime
    candidates: list[Candidate]


def wishes() -> list[EarlierWish]:
    """Return who wants an earlier time, most urgent first. Those whose documents do not open are left out."""
    waiting = EarlierWish.objects.waiting().select_related("request__visit")
    # Sorted before it is cut: the latest of them may be the most urgent.
    return list(waiting.defer("request__sealed_answers").order_by(URGENCY, "asked_at")[:MAX_ROWS])


def freed(
    now: datetime, times: Sequence[FreedTime], waiting: list[EarlierWish], plans: Mapping[int, Plan]
) -> list[Freed]:
    """Return each of these times, the soonest first, with those who could take it."""
    people = [(wish, person) for wish in waiting if (person := _person(wish.request))]
    zone = ZoneInfo(calendar().zone)
    return [
        Freed(
            time,
            time.starts_at.astimezone(zone),
            [
                _candidate(time, wish, person, now)
                for wish, person in people
                if in_time(wish.ahead, time.starts_at, now)
                and _could_take(time, wish.request, plans[time.clinician_id].kinds[0].length)
            ],
        )
        for time in times
    ]


def _could_take(time: FreedTime, consultation: ConsultationRequest, usual: timedelta) -> bool:
    visit = consultation.visit
    if visit is None:
        return usual <= time.ends_at - time.starts_at
    return (
        time.starts_at < visit.starts_at and visit.ends_at - visit.starts_at <= time.ends_at - time.starts_at
    )


def _candidate(time: FreedTime, wish: EarlierWish, person: Person, now: datetime) -> Candidate:
    consultation = wish.request
    verb = NEXT.get(Status(consultation.status), Verb.BOOK_TIME)
    start = time.starts_at.astimezone(ZoneInfo(calendar().zone))
    chosen = {"clinician": time.clinician_id, "week": week_of(start, now)}
    query = urlencode({**chosen, "time": f"{time.clinician_id}/{start.isoformat()}"})
    return Candidate(
        consultation, person.short_name, person, suits(start, person),
        f"{verb_url(consultation, verb)}?{query}", verb, str(wish.get_ahead_display()),
    )  # fmt: skip


def _person(consultation: ConsultationRequest) -> Person | None:
    try:
        return consultation.person
    except SealBroken:
        return None
