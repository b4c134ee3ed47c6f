"""What a calendar shows of each clinician and day: visits by initials, holds, absences, closures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking.actions._promise import calendar
from booking.actions._schedule import Plan
from booking.admin.calendar_grid import Block, Column, Window, in_order
from booking.delivery.clinician_calendar import who
from booking.models import Visit
from booking.models.visit import VisitState
from treatments.clinic import clinic_facts

OVER = frozenset({VisitState.SEEN, VisitState.NO_SHOW})


@dataclass(frozen=True)
class Drawn:
    """A calendar to draw, and the visits on it."""

    window: Window
    columns: list[Column]
    visits: list[Visit]


def draw(places: Sequence[tuple[Plan, date]], visits: list[Visit], now: datetime, *, by_day: bool) -> Drawn:
    """Return one column for each clinician and day; `by_day` names it by its day, else by the clinician.

    `visits` are those of these clinicians around these days; the ones on the days themselves are drawn.
    """
    zone = ZoneInfo(calendar().zone)
    shown: dict[tuple[int, date], list[Visit]] = {(plan.clinician.pk, day): [] for plan, day in places}
    for visit in visits:
        shown.get((visit.clinician_id, visit.starts_at.astimezone(zone).date()), []).append(visit)
    drawn = [visit for here in shown.values() for visit in here]
    hours = [plan.schedule.hours(day) for plan, day in places]
    window = Window.around(zone, hours, [visit.span for visit in drawn])
    columns = []
    for plan, day in places:
        here = shown[plan.clinician.pk, day]
        column = _column(plan, day, here, now, by_day=by_day)
        blocks = [_visit_block(visit, plan, window, now) for visit in here]
        column.blocks = in_order([*_off(day, plan, window), *blocks])
        columns.append(column)
    return Drawn(window, columns, sorted(drawn, key=lambda visit: visit.starts_at))


def visits_between(plans: Iterable[Plan], start: datetime, end: datetime) -> list[Visit]:
    """Return what is held, booked or over of these clinicians, in order."""
    clinicians = {plan.clinician.pk: plan.clinician for plan in plans}
    found = Visit.objects.filter(clinician__in=clinicians).exclude(state=VisitState.CANCELLED)
    loaded = found.between(start, end).select_related("request", "kind").defer("request__sealed_answers")
    visits = list(loaded.order_by("starts_at"))
    for visit in visits:
        visit.clinician = clinicians[visit.clinician_id]
    return visits


def _column(plan: Plan, day: date, visits: list[Visit], now: datetime, *, by_day: bool) -> Column:
    clinician, clock = plan.clinician, plan.schedule.clock
    today = now.astimezone(ZoneInfo(clock.zone)).date()
    view = "day" if by_day else "week"
    booked = [visit for visit in visits if visit.state != VisitState.HELD]
    hint = [ngettext("%(n)d visit", "%(n)d visits", len(booked)) % {"n": len(booked)}]
    if held := len(visits) - len(booked):
        hint.append(ngettext("%(n)d held", "%(n)d held", held) % {"n": held})
    if by_day and day == today:
        hint.insert(0, _("Today"))
    if by_day and clock.is_closed(day):
        hint.insert(0, _("Closed"))
    address = f"{reverse('admin:booking_visit_changelist')}?view={view}&day={day}&clinician={clinician.pk}"
    title = date_format(day, "D j") if by_day else str(clinician)
    return Column(title, ", ".join(hint), address, day == today)


def _off(day: date, plan: Plan, window: Window) -> list[Block]:
    if plan.schedule.clock.is_closed(day):
        return [Block("off", 1, window.rows, closure_words(day))]
    outside = _("Not working")
    gaps = window.gaps(plan.schedule, day, (outside, _("Break")))
    away = [window.off(day, one.span, str(one.get_kind_display())) for one in plan.absences]
    return [*gaps, *(block for block in away if block)]


def closure_words(day: date) -> str:
    """Return why the clinic is closed on a day, as the clinic put it."""
    facts = clinic_facts()
    for closed in facts.closures if facts else ():
        if closed.starts_on <= day <= closed.ends_on:
            reason = closed.reason.get("en", "")
            return _("Clinic closed: %(reason)s") % {"reason": reason} if reason else _("Clinic closed")
    return _("Public holiday")


def _visit_block(visit: Visit, plan: Plan, window: Window, now: datetime) -> Block:
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
    kind, detail = _looks(visit, plan, now)
    title = " ".join(filter(None, [who(visit), reference]))
    return window.block(kind, visit.span, title, time=begins, detail=detail, url=url)


def _looks(visit: Visit, plan: Plan, now: datetime) -> tuple[str, str]:
    """Return how a visit is drawn, and what is said under its initials."""
    name = visit.kind.name if visit.kind else _("First visit")
    if visit.state in OVER:
        return "over", f"{name}, {str(visit.get_state_display()).lower()}"
    if visit.starts_at > now and not plan.schedule.works(visit.span):
        return "lost", _("Must be moved")
    return ("first" if name == plan.kinds[0].name else "other"), name
