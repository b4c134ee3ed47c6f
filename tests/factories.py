"""Test data, made the way the product makes it: through the verbs. All people are plainly fictional."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group, User
from django.utils import timezone

from booking import actions
from booking.actions import Actor
from booking.hours.clinic import calendar
from booking.models import ConsultationRequest, Draft, Link, Visit
from booking.rules.documents import Answers, Person
from booking.rules.questions import CONSENT_VERSION
from booking.rules.reasons import CloseReason, DeclineReason
from booking.rules.roles import STAFF, Role
from booking.rules.safety import VERSION
from booking.rules.statuses import Status
from booking.rules.tokens import link_expires
from treatments.models import Clinician

PASSWORD = "a long enough test password"
_number = itertools.count(1)


def make_staff(*roles: Role | str, **fields: Any) -> User:
    """Make a member of staff with these roles; their password is PASSWORD."""
    number = next(_number)
    label = " ".join(str(Role(role).label) for role in roles) or "Staff"
    fields = {
        "username": f"staff{number}",
        "first_name": label,
        "last_name": f"Demo {number}",
        "is_staff": True,
    } | fields
    user = User.objects.create_user(password=PASSWORD, **fields)
    user.groups.set(Group.objects.filter(name__in=[Role(role).value for role in roles]))
    return user


def everybody() -> Actor:
    """Return a member of staff who holds every role, to set a scene."""
    user, made = User.objects.get_or_create(
        username="scene", defaults={"is_staff": True, "first_name": "Demo", "last_name": "Colleague"}
    )
    if made:
        user.groups.set(Group.objects.filter(name__in=[role.value for role in STAFF]))
    return Actor.staff(user)


def make_clinician(**fields: Any) -> Clinician:
    """Make a clinician who is a visible placeholder."""
    return Clinician.objects.create(**{"name": f"Demo Clinician {next(_number)}", "is_demo": True} | fields)


def make_person(**fields: Any) -> Person:
    """Return who asks: "Test Patient NN", born in 1980, with phone and e-mail."""
    number = next(_number)
    known = {
        "full_name": f"Test Patient {number:02}",
        "birth_date": "1980-01-07",
        "phone": f"+1928555{number % 10000:04}",
        "email": f"test.patient{number}@example.com",
        "been_here": "new",
        "channel": "phone",
        "leave_message": "yes",
        "times": ("tue-am", "thu-am"),
        "payment": "insured",
    }
    return Person(**known | fields)


def make_answers(**fields: Any) -> Answers:
    """Return a full set of answers about migraine, with nothing that a safety rule fires on."""
    known = {
        "topic": "migraine",
        "rules_version": VERSION,
        "pain": 7,
        "enjoyment": 8,
        "activity": 6,
        "duration": "years",
        "where": ("forehead",),
        "headache_days": 19,
        "migraine_days": 9,
        "headache_hours": "over-4",
        "medicine_days": 4,
        "tried": ("pain-medicine", "physical-therapy"),
        "last_toxin": "never",
        "imaging": ("mri",),
        "referral": "no",
        "consent_version": CONSENT_VERSION,
    }
    return Answers(**known | fields)


def make_request(
    status: Status = Status.NEW,
    *,
    person: Person | None = None,
    answers: Answers | None = None,
    **columns: Any,
) -> ConsultationRequest:
    """Make a request and take it to a status by verbs; `columns` are set afterwards, past the verbs."""
    draft, _token = Draft.begin("en")
    draft.save()
    made = actions.submit(
        draft, person or make_person(), answers or make_answers(), by=Actor.patient()
    )  # fmt: skip
    made = _take_to(status, made)
    if "received_at" in columns:
        # As from before the first promise was kept, unless the test says what was promised.
        columns.setdefault("first_reply_by", None)
    if columns:
        ConsultationRequest.objects.filter(pk=made.pk).update(**columns)
        made.refresh_from_db()
    return made


def make_call(key: uuid.UUID | None = None) -> ConsultationRequest:
    """Make a request that staff typed in from a call."""
    return actions.take_call(make_person(), make_answers(), by=everybody(), key=key or uuid.uuid4())


def free_time(after: dt.timedelta = dt.timedelta(days=1)) -> dt.datetime:
    """Return ten in the morning, clinic time, on the first day the clinic works after this long."""
    open_hours = calendar()
    day = (timezone.now() + after).astimezone(ZoneInfo(open_hours.zone)).date()
    while not open_hours.is_business_day(day):
        day += dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time(10), ZoneInfo(open_hours.zone))


def begin_visit(request: ConsultationRequest) -> None:
    """Let the agreed visit have begun an hour ago."""
    start = timezone.now() - dt.timedelta(hours=1)
    Visit.objects.filter(pk=request.visit_id).update(starts_at=start, ends_at=start + dt.timedelta(hours=1))


def _take_to(status: Status, made: ConsultationRequest) -> ConsultationRequest:
    by = everybody()
    if status == Status.NEW:
        return made
    if status == Status.CLOSED:
        return actions.close(made, CloseReason.OTHER, by=by)
    made = actions.start_review(made, by=by)
    if status == Status.IN_REVIEW:
        return made
    if status == Status.DECLINED:
        return actions.decline(made, DeclineReason.NOT_OFFERED, by=by)
    if status == Status.WITHDRAWN:
        return actions.withdraw(made, by=Actor.patient())
    if status == Status.WAITING_FOR_PATIENT:
        return actions.ask_patient(made, "Which days suit you?", by=by)
    if status == Status.TIMES_OFFERED:
        return actions.offer_times(made, offered_times(), by=by)
    made = actions.book_time(made, make_clinician(), free_time(), by=by)
    if status == Status.SCHEDULED:
        return made
    if status == Status.SEEN:
        begin_visit(made)
        return actions.mark_seen(made, by=by)
    raise NotImplementedError(f"No verb leads to {status} yet.")


def offered_times(count: int = 3, clinician: Clinician | None = None) -> list[tuple[Clinician, dt.datetime]]:
    """Return so many free times of one clinician on a day next week, one after the other from eight."""
    start = free_time(dt.timedelta(days=7)).replace(hour=8)
    who = clinician or make_clinician()
    return [(who, start + dt.timedelta(hours=n)) for n in range(count)]


def make_link(request: ConsultationRequest, **fields: Any) -> tuple[Link, str]:
    """Make a private link as a message would carry it, and return it with its token."""
    link, token = Link.begin(request=request, **{"expires_at": link_expires(timezone.now())} | fields)
    link.sealed_token = b""
    link.save()
    return link, token
