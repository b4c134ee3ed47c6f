"""The day's work on paper: same-day requests, the visits of today, the calls due, and what is overdue."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from booking import actions
from booking.actions import Actor, their_own
from booking.admin.base.access import actor_of, refuse
from booking.admin.base.words import moment_words, staff_name
from booking.admin.lists.ageing import ageing
from booking.admin.lists.bounded_counts import figures
from booking.admin.lists.sidebar import counted, keep_counts
from booking.admin.lists.urgency import end_of_day, overdue, same_day, to_call
from booking.admin.reading.calls_owed import calls_owed
from booking.admin.reading.contact import languages, shown_message, shown_phone
from booking.hours.clinic import calendar
from booking.models import ConsultationRequest, Message, Visit
from booking.models.access import Look, who_may_look
from booking.models.request import DOUBTFUL
from booking.models.sealed import SealBroken
from booking.models.visit import VisitState
from booking.rules.statuses import OPEN

# Of each kind; a sheet that long is read on the screen.
MAX_ROWS: Final = 200
LISTS: Final = ("same_day", "visits", "calls", "late")
TO_SEE: Final = (VisitState.BOOKED, VisitState.SEEN, VisitState.NO_SHOW)
VISIT: Final = ("request_id", "starts_at", "state", "clinician__name", "clinician__credentials", "kind__name")


@dataclass(frozen=True)
class Patient:
    """Whom a line is about, and how to reach them: what reception may see, and no answer."""

    name: str
    ask_for: str
    phone: str
    message: str
    reference: str
    language: str


@dataclass(frozen=True)
class SheetLine:
    """One line of the sheet: when, who, and in `words` what; of a visit also the clinician."""

    at: str
    patient: Patient
    words: tuple[str, ...]
    clinician: str = ""


def todays_sheet(request: HttpRequest) -> dict[str, Any]:
    """Return what the sheet shows, once it is on record with everybody on it."""
    actor, now = actor_of(request), timezone.now()
    if not actor.roles & who_may_look(Look.SHEET):
        refuse(request)
    found = figures(counted(request), lists=_lists(actor, now))
    keep_counts(request, found)
    listed = {name: json.loads(found[name] or "[]") for name in LISTS}
    keys = {UUID(row.get("request_id") or row["pk"]) for rows in listed.values() for row in rows}
    codes = {name: len(rows) for name, rows in listed.items()}
    actions.record_sheet(sorted(keys), by=actor, codes=codes)
    loaded = ConsultationRequest.objects.select_related("assignee", "visit").defer("sealed_answers", "search")
    requests = {str(one.pk): one for one in loaded.filter(pk__in=keys)}
    untold = _untold(requests)
    return {
        "now": now,
        "printed_by": staff_name(actor.user),
        "same_day": [_owed(requests[row["pk"]], untold, now) for row in listed["same_day"]],
        "visits": [_visit(row, requests[row["request_id"]]) for row in listed["visits"]],
        "calls": _calls([requests[row["pk"]] for row in listed["calls"]], untold, now),
        "late": [_owed(requests[row["pk"]], {}, now) for row in listed["late"]],
        "cut": MAX_ROWS in codes.values(),
        "most": MAX_ROWS,
    }


def _lists(actor: Actor, now: datetime) -> dict[str, QuerySet[Any]]:
    """Return the queries of the day: of everybody, or for a clinician alone of their own patients."""
    midnight = end_of_day(now)
    today = Visit.objects.filter(state__in=TO_SEE, starts_at__gte=midnight - timedelta(days=1))
    own, theirs = their_own(actor), Q()
    if own:
        theirs = Q(clinician__schedule__user=actor.user)
    requests = ConsultationRequest.objects.filter(own)
    calls = requests.filter(to_call(midnight)).order_by("call_back_at", "reply_by", "pk")
    owed = requests.exclude(DOUBTFUL).order_by("reply_by", "received_at", "pk")
    urgent = owed.open().filter(same_day(now))
    late = owed.filter(overdue(now)).exclude(same_day(now))
    visits = today.filter(theirs, starts_at__lt=midnight).order_by("starts_at", "clinician__name", "pk")
    return {
        "same_day": urgent.values("pk")[:MAX_ROWS],
        "visits": visits.values(*VISIT)[:MAX_ROWS],
        "calls": calls.values("pk")[:MAX_ROWS],
        "late": late.values("pk")[:MAX_ROWS],
    }


def _untold(requests: Mapping[str, ConsultationRequest]) -> dict[UUID, list[Message]]:
    found: dict[UUID, list[Message]] = defaultdict(list)
    for message in Message.objects.filter(request__in=requests.values()).to_tell():
        found[message.request_id].append(message)
    return found


def _visit(row: dict[str, Any], consultation: ConsultationRequest) -> SheetLine:
    clinician = ", ".join(filter(None, (row["clinician__name"], row["clinician__credentials"])))
    kind = row["kind__name"] or _("First visit")
    over = "" if row["state"] == VisitState.BOOKED else str(VisitState(row["state"]).label)
    starts = datetime.fromisoformat(row["starts_at"])
    return SheetLine(_clock(starts), _patient(consultation), (kind, over) if over else (kind,), clinician)


def _calls(
    requests: list[ConsultationRequest], untold: Mapping[UUID, list[Message]], now: datetime
) -> list[SheetLine]:
    """Return the calls, those at any time first, then by time."""
    return [_call(one, untold[one.pk], now) for one in sorted(requests, key=_planned)]


def _planned(consultation: ConsultationRequest) -> tuple[bool, datetime]:
    planned = _call_back(consultation)
    return (planned is not None, planned or consultation.reply_by)


def _call_back(consultation: ConsultationRequest) -> datetime | None:
    """Return when to call as planned, today or before; a later call waits, and what is untold does not."""
    at = consultation.call_back_at
    return at if at and consultation.status in OPEN and at < end_of_day(timezone.now()) else None


def _call(consultation: ConsultationRequest, untold: list[Message], now: datetime) -> SheetLine:
    planned = _call_back(consultation)
    words = [_("Call again, as planned.")] if planned else []
    words += [call.text for call in calls_owed(consultation, untold)]
    if planned is None:
        return SheetLine(_("Any time"), _patient(consultation), (*words, _assignee(consultation)))
    today = timezone.localtime(planned).date() == timezone.localtime(now).date()
    at = _clock(planned) if today else _("since %(when)s") % {"when": moment_words(planned, now)}
    return SheetLine(at, _patient(consultation), (*words, _assignee(consultation)))


def _owed(
    consultation: ConsultationRequest, untold: Mapping[UUID, list[Message]], now: datetime
) -> SheetLine:
    against = ageing(consultation, now, calendar())
    status = str(consultation.get_status_display())
    calls = (call.text for call in calls_owed(consultation, untold.get(consultation.pk, [])))
    return SheetLine(
        against.when, _patient(consultation), (against.text, status, *calls, _assignee(consultation))
    )


def _assignee(consultation: ConsultationRequest) -> str:
    return staff_name(consultation.assignee) if consultation.assignee else _("Unassigned")


def _patient(consultation: ConsultationRequest) -> Patient:
    reference = consultation.shown_reference
    try:
        person = consultation.person
    except SealBroken:
        # One document that does not open must not take the whole sheet away.
        return Patient(_("Sealed, does not open"), "", "", "", reference, "")
    return Patient(
        name=person.full_name,
        ask_for=person.asker_name,
        phone=shown_phone(person.phone),
        message=shown_message(person) if person.phone else "",
        reference=reference,
        language=", ".join(languages(person)),
    )


def _clock(moment: datetime) -> str:
    return time_format(timezone.localtime(moment), "P")
