"""Who can be booked, when they work, and for what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.hours.clinic import calendar
from booking.models import Absence, Visit, VisitType, WorkingHours
from booking.models.rows import rows_as
from booking.rules import free_times
from booking.rules.errors import TimeNotFree
from booking.rules.reply_by import Calendar
from treatments.models import Clinician

# Until the clinic has set types of its own.
FIRST_VISIT_MINUTES: Final = 60
# Absences of the past matter to the pages of the past alone.
LOOKED_BACK: Final = timedelta(days=60)
HOURS: Final = ("id", "weekday", "starts", "ends")
ABSENCE: Final = ("id", "schedule_id", "kind", "starts_at", "ends_at")
KIND: Final = ("id", "name", "minutes", "clinician_id", "position", "active")


@dataclass(frozen=True)
class Plan:
    """One clinician: when they see patients, their absences, and what can be booked, the usual one first."""

    clinician: Clinician
    schedule: free_times.Schedule
    absences: tuple[Absence, ...]
    kinds: list[VisitType]

    def kind(self, name: str) -> VisitType | None:
        """Return the type of this name, the usual one without a name, None for one that is not given."""
        return _named(self.kinds, name)


def bookable() -> QuerySet[Clinician]:
    """Return the clinicians on the site who take visits; in a demonstration its placeholders too."""
    shown = Q(published=True) | Q(is_demo=True) if settings.DEMO else Q(published=True)
    known = Clinician.objects.filter(shown).exclude(schedule__takes_visits=False)
    return known.defer("portrait")


def plans(clinicians: QuerySet[Clinician], since: datetime | None = None) -> dict[int, Plan]:
    """Return the plans of these clinicians by their id, in their order. One query reads everything.

    `since`: absences that were over before are left out.
    """
    ends_after = since or timezone.now() - LOOKED_BACK
    hours = WorkingHours.objects.filter(schedule=OuterRef("pk"))
    away = Absence.objects.filter(schedule=OuterRef("pk"), ends_at__gt=ends_after)
    kinds = VisitType.objects.filter(Q(clinician=None) | Q(clinician=OuterRef("pk")), active=True)
    found = clinicians.defer("portrait").annotate(
        takes_visits=F("schedule__takes_visits"),
        weekly=_rows(hours, HOURS),
        away=_rows(away, ABSENCE),
        kinds=_rows(kinds, KIND),
    )
    clock = calendar()
    return {one.pk: _plan(one, clock) for one in found}


def schedules(clinicians: Collection[Clinician]) -> dict[int, free_times.Schedule]:
    """Return when each of these clinicians sees patients, by their id."""
    known = Clinician.objects.filter(pk__in=[clinician.pk for clinician in clinicians])
    return {key: plan.schedule for key, plan in plans(known).items()}


def schedule_of(clinician: Clinician) -> free_times.Schedule:
    """Return when this clinician sees patients."""
    return schedules([clinician])[clinician.pk]


def kept(visits: Sequence[Visit]) -> list[Visit]:
    """Return those of these visits that can stay: no closure or absence meets them, and somebody works."""
    plans = schedules([visit.clinician for visit in visits]) if visits else {}
    return [visit for visit in visits if plans[visit.clinician_id].works(visit.span)]


def visit_types(clinician: Clinician) -> list[VisitType]:
    """Return what this clinician can be booked for, the usual one first; their own before the common ones.

    Until the clinic has set any, one that is not saved: a first visit.
    """
    return _given(list(VisitType.objects.filter(Q(clinician=None) | Q(clinician=clinician), active=True)))


def kind_for(clinician: Clinician, kind: VisitType | None) -> VisitType:
    """Return this clinician's type of that name, or their usual one for None. Raises TimeNotFree."""
    found = _named(visit_types(clinician), kind.name if kind else "")
    if found is None:
        raise TimeNotFree(_("This clinician does not give visits of that type. Choose another one."))
    return found


def _rows(found: QuerySet[Any], columns: tuple[str, ...]) -> ArraySubquery:
    return ArraySubquery(found.values(json=JSONObject(**dict(zip(columns, columns, strict=True)))))


def _plan(clinician: Any, clock: Calendar) -> Plan:
    absences = tuple(rows_as(Absence, clinician.away))
    schedule = free_times.Schedule(
        clock,
        _weekly(rows_as(WorkingHours, clinician.weekly)) or None,
        tuple(one.span for one in absences),
        clinician.takes_visits is not False,
    )
    return Plan(clinician, schedule, absences, _given(rows_as(VisitType, clinician.kinds)))


def _named(given: list[VisitType], name: str) -> VisitType | None:
    return next((one for one in given if name in ("", one.name)), None)


def _given(active: list[VisitType]) -> list[VisitType]:
    own = {one.name for one in active if one.clinician_id}
    given = [one for one in active if one.clinician_id or one.name not in own]
    return given or [VisitType(name=_("First visit"), minutes=FIRST_VISIT_MINUTES)]


def _weekly(hours: Iterable[WorkingHours]) -> dict[int, free_times.Hours]:
    days: dict[int, free_times.Hours] = {}
    for one in hours:
        days[one.weekday] = (*days.get(one.weekday, ()), (one.starts, one.ends))
    return days
