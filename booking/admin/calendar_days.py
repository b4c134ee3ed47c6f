"""What a calendar shows of each clinician and day: visits by initials, holds, absences, closures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking.actions._promise import calendar
from booking.actions._schedule import visit_types
from booking.admin.calendar_grid import Block, Column, Window, in_order
from booking.delivery.clinician_calendar import who
from booking.models import Absence, Visit
from booking.models.visit import VisitState
from booking.rules.free_times import Schedule
from treatments.clinic import clinic_facts
from treatments.models import Clinician

OVER = frozenset({VisitState.SEEN, VisitState.NO_SHOW})


@dataclass(frozen=True)
class Drawn:
    """A calendar to draw, and the visits on it."""

    window: Window
    columns: list[Column]
    visits: list[Visit]


def draw(
    places: Sequence[tuple[Clinician, date]], plans: dict[int, Schedule], now: datetime, *, by_day: bool
) -> Drawn:
    """Return one column for each clinician and day; `by_day` names it by its day, else by the clinician."""
    zone = ZoneInfo(calendar().zone)
    clinicians = list({clinician.pk: clinician for clinician, _day in places}.values())
    start, end = (datetime.combine(day, time.min, zone) for day in _ends(places))
    visits = _visits(clinicians, start, end)
    keys = [clinician.pk for clinician in clinicians]
    absences = list(Absence.objects.filter(schedule__in=keys, starts_at__lt=end, ends_at__gt=start))
    hours = [plans[clinician.pk].hours(day) for clinician, day in places]
    window = Window.around(zone, hours, [visit.span for visit in visits])
    usual = visit_types(clinicians[0])[0].name
    columns = []
    for clinician, day in places:
        plan = plans[clinician.pk]
        here = [
            visit
            for visit in visits
            if visit.clinician_id == clinician.pk and visit.starts_at.astimezone(zone).date() == day
        ]
        away = [one for one in absences if one.schedule_id == clinician.pk]
        column = _column(clinician, day, here, plan, now, by_day=by_day)
        drawn = [_visit_block(visit, plan, usual, window, now) for visit in here]
        column.blocks = in_order([*_off(day, plan, window, away), *drawn])
        columns.append(column)
    return Drawn(window, columns, visits)


def _ends(places: Sequence[tuple[Clinician, date]]) -> tuple[date, date]:
    days = [day for _clinician, day in places]
    return min(days), max(days) + timedelta(days=1)


def _visits(clinicians: list[Clinician], start: datetime, end: datetime) -> list[Visit]:
    shown = Visit.objects.filter(clinician__in=clinicians).exclude(state=VisitState.CANCELLED)
    # Another moment of the same day may belong to several clinicians: their portraits stay where they are.
    loaded = shown.between(start, end).select_related("request", "kind", "clinician")
    return list(loaded.defer("clinician__portrait", "request__sealed_answers").order_by("starts_at"))


def _column(
    clinician: Clinician, day: date, visits: list[Visit], plan: Schedule, now: datetime, *, by_day: bool
) -> Column:
    today = now.astimezone(ZoneInfo(plan.clock.zone)).date()
    view = "day" if by_day else "week"
    booked = [visit for visit in visits if visit.state != VisitState.HELD]
    hint = [ngettext("%(n)d visit", "%(n)d visits", len(booked)) % {"n": len(booked)}]
    if held := len(visits) - len(booked):
        hint.append(ngettext("%(n)d held", "%(n)d held", held) % {"n": held})
    if by_day and day == today:
        hint.insert(0, _("Today"))
    if by_day and plan.clock.is_closed(day):
        hint.insert(0, _("Closed"))
    address = f"{reverse('admin:booking_visit_changelist')}?view={view}&day={day}&clinician={clinician.pk}"
    title = date_format(day, "D j") if by_day else str(clinician)
    return Column(title, ", ".join(hint), address, day == today)


def _off(day: date, plan: Schedule, window: Window, absences: list[Absence]) -> list[Block]:
    if plan.clock.is_closed(day):
        return [Block("off", 1, window.rows, closure_words(day))]
    outside = _("Not working")
    gaps = window.gaps(plan, day, (outside, _("Break")))
    away = [window.off(day, one.span, str(one.get_kind_display())) for one in absences]
    return [*gaps, *(block for block in away if block)]


def closure_words(day: date) -> str:
    """Return why the clinic is closed on a day, as the clinic put it."""
    facts = clinic_facts()
    for closed in facts.closures if facts else ():
        if closed.starts_on <= day <= closed.ends_on:
            reason = closed.reason.get("en", "")
            return _("Clinic closed: %(reason)s") % {"reason": reason} if reason else _("Clinic closed")
    return _("Public holiday")


def _visit_block(visit: Visit, plan: Schedule, usual: str, window: Window, now: datetime) -> Block:
    zone = window.zone
    reference = visit.request.shown_reference[:5]
    url = reverse("admin:booking_consultationrequest_change", args=[visit.request_id])
    begins = time_format(visit.starts_at.astimezone(zone), "g:i")
    if visit.state == VisitState.HELD:
        until = visit.held_until.astimezone(zone) if visit.held_until else None
        detail = _("until %(when)s") % {"when": date_format(until, "D, P")} if until else ""
        return window.block(
            "held", visit.span, reference, time=f"{begins} {_('Held')}", detail=detail, url=url
        )
    kind, detail = _looks(visit, plan, usual, now)
    title = " ".join(filter(None, [who(visit), reference]))
    return window.block(kind, visit.span, title, time=begins, detail=detail, url=url)


def _looks(visit: Visit, plan: Schedule, usual: str, now: datetime) -> tuple[str, str]:
    """Return how a visit is drawn, and what is said under its initials."""
    name = visit.kind.name if visit.kind else _("First visit")
    if visit.state in OVER:
        return "over", f"{name}, {str(visit.get_state_display()).lower()}"
    if visit.starts_at > now and not plan.works(visit.span):
        return "lost", _("Must be moved")
    return ("first" if name == usual else "other"), name
