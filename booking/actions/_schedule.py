"""Who can be booked, when they work, and for what."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import time, timedelta
from typing import Final, TypeVar

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions._promise import calendar
from booking.models import Absence, Schedule, VisitType, WorkingHours
from booking.rules import free_times
from booking.rules.errors import TimeNotFree
from treatments.models import Clinician

# Until the clinic has set types of its own.
FIRST_VISIT_MINUTES: Final = 60
# Absences of the past matter to the pages of the past alone.
LOOKED_BACK: Final = timedelta(days=60)
T = TypeVar("T", WorkingHours, Absence)


def bookable() -> QuerySet[Clinician]:
    """Return the clinicians on the site who take visits; in a demonstration its placeholders too."""
    shown = Q(published=True) | Q(is_demo=True) if settings.DEMO else Q(published=True)
    known = Clinician.objects.filter(shown).exclude(schedule__takes_visits=False)
    return known.defer("portrait")


def schedules(clinicians: Collection[Clinician]) -> dict[int, free_times.Schedule]:
    """Return when each of these clinicians sees patients, by their id."""
    keys = [clinician.pk for clinician in clinicians]
    since = timezone.now() - LOOKED_BACK
    weekly = _by_clinician(WorkingHours.objects.filter(schedule__in=keys))
    away = _by_clinician(Absence.objects.filter(schedule__in=keys, ends_at__gt=since))
    closed = set(Schedule.objects.filter(pk__in=keys, takes_visits=False).values_list("pk", flat=True))
    clock = calendar()
    return {
        key: free_times.Schedule(
            clock,
            _hours(weekly[key]) if key in weekly else None,
            tuple(one.span for one in away.get(key, ())),
            key not in closed,
        )
        for key in keys
    }


def schedule_of(clinician: Clinician) -> free_times.Schedule:
    """Return when this clinician sees patients."""
    return schedules([clinician])[clinician.pk]


def visit_types(clinician: Clinician) -> list[VisitType]:
    """Return what this clinician can be booked for, the usual one first; their own before the common ones.

    Until the clinic has set any, one that is not saved: a first visit.
    """
    active = VisitType.objects.filter(Q(clinician=None) | Q(clinician=clinician), active=True)
    found = list(active)
    own = {one.name for one in found if one.clinician_id}
    given = [one for one in found if one.clinician_id or one.name not in own]
    return given or [VisitType(name=_("First visit"), minutes=FIRST_VISIT_MINUTES)]


def kind_for(clinician: Clinician, kind: VisitType | None) -> VisitType:
    """Return this clinician's type of that name, or their usual one for None. Raises TimeNotFree."""
    given = visit_types(clinician)
    found = given[0] if kind is None else next((one for one in given if one.name == kind.name), None)
    if found is None:
        raise TimeNotFree(_("This clinician does not give visits of that type. Choose another one."))
    return found


def own_clinician(user_id: int) -> Clinician | None:
    """Return the clinician whom a staff account belongs to, if any."""
    return Clinician.objects.filter(schedule__user=user_id).defer("portrait").first()


def _by_clinician(rows: Iterable[T]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for row in rows:
        found.setdefault(row.schedule_id, []).append(row)
    return found


def _hours(rows: list[WorkingHours]) -> dict[int, tuple[tuple[time, time], ...]]:
    days: dict[int, tuple[tuple[time, time], ...]] = {}
    for row in sorted(rows, key=lambda row: (row.weekday, row.starts)):
        days[row.weekday] = (*days.get(row.weekday, ()), (row.starts, row.ends))
    return days
