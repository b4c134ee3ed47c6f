"""What a calendar shows of each clinician and day: visits by initials, holds, absences, closures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking.admin.calendar.calendar_grid import Block, Column, Window, behind, in_order, sheets, side_by_side
from booking.delivery.clinician_calendar import who
from booking.hours.clinic import calendar
from booking.hours.clinicians import Plan
from booking.models import FreedTime, Visit
from booking.models.visit import TAKES_TIME, VisitState
from booking.rules.free_times import Span, free_time
from treatments.clinic.clinic import clinic_facts

# How many columns can be read beside one another: of days, which have short names, and of clinicians.
DAYS, CLINICIANS = 7, 6
OVER = frozenset({VisitState.SEEN, VisitState.NO_SHOW})


@dataclass(frozen=True)
class Drawn:
    """A calendar on as many sheets as it takes to be read; the visits on it, and how much is free."""

    window: Window
    sheets: list[list[Column]]
    visits: list[Visit]
    free: timedelta


def draw(
    places: Sequence[tuple[Plan, date]],
    visits: list[Visit],
    freed: Sequence[FreedTime],
    now: datetime,
    *,
    by_day: bool,
) -> Drawn:
    """Return one column for each clinician and day; `by_day` names it by its day, else by the clinician.

    `visits` are those of these clinicians around these days, `freed` the times that came free, of anybody;
    what lies on the days themselves is drawn.
    """
    zone = ZoneInfo(calendar().zone)
    shown: dict[tuple[int, date], list[Visit]] = {(plan.clinician.pk, day): [] for plan, day in places}
    for visit in visits:
        shown.get((visit.clinician_id, visit.starts_at.astimezone(zone).date()), []).append(visit)
    drawn = [visit for here in shown.values() for visit in here]
    hours = [plan.schedule.hours(day) for plan, day in places]
    window = Window.around(zone, hours, [visit.span for visit in drawn])
    columns, free = [], timedelta(0)
    for plan, day in places:
        here = shown[plan.clinician.pk, day]
        column = _column(plan, day, here, now, by_day=by_day)
        blocks = [_visit_block(visit, plan, window, now) for visit in here]
        blocks += [_freed_block(one, window) for one in freed if _lies(one, plan, day)]
        off = [piece for one in _off(day, plan, window) for piece in behind(one, blocks)]
        column.blocks = in_order([*off, *side_by_side(blocks)])
        columns.append(column)
        taken = [visit.span for visit in here if visit.state in TAKES_TIME]
        free += free_time(plan.schedule, day, taken, now)
    in_order_of_time = sorted(drawn, key=lambda visit: visit.starts_at)
    return Drawn(window, sheets(columns, DAYS if by_day else CLINICIANS), in_order_of_time, free)


def _lies(freed: FreedTime, plan: Plan, day: date) -> bool:
    start = freed.starts_at.astimezone(ZoneInfo(plan.schedule.clock.zone))
    return freed.clinician_id == plan.clinician.pk and start.date() == day


def _freed_block(freed: FreedTime, window: Window) -> Block:
    begins = time_format(freed.starts_at.astimezone(window.zone), "g:i")
    url = f"{reverse('admin:booking_visit_earlier')}#freed-{freed.pk}"
    return window.block(
        "freed", freed.span, "", time=f"{begins} {_('Freed')}", detail=_("can be given"), url=url
    )


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
    if clock.is_closed(day):
        hint.insert(0, _("Closed"))
    midnight = datetime.combine(day, time.min, ZoneInfo(clock.zone))
    whole = Span(midnight, midnight + timedelta(days=1))
    hint += [str(one.get_kind_display()) for one in plan.absences if one.span.meets(whole)]
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
    return _("Public holiday: %(name)s") % {"name": calendar().holiday(day)}


def _visit_block(visit: Visit, plan: Plan, window: Window, now: datetime) -> Block:
    zone = window.zone
    reference = visit.request.shown_reference[:5]
    url = reverse("admin:booking_consultationrequest_change", args=[visit.request_id])
    begins = time_format(visit.starts_at.astimezone(zone), "g:i")
    if visit.state == VisitState.HELD:
        until = visit.held_until.astimezone(zone) if visit.held_until else None
        detail = _("until %(when)s") % {"when": date_format(until, "D, P")} if until else ""
        kind = "held"
        if not plan.schedule.works(visit.span):
            kind, detail = "lost", _("Must be moved")
        return window.block(kind, visit.span, reference, time=f"{begins} {_('Held')}", detail=detail, url=url)
    kind, detail = _looks(visit, plan, now)
    title = " ".join(filter(None, [who(visit), reference]))
    return window.block(kind, visit.span, title, time=begins, detail=detail, url=url)


def _looks(visit: Visit, plan: Plan, now: datetime) -> tuple[str, str]:
    """Return how a visit is drawn, and what is said under its initials."""
    name = kind = visit.kind.name if visit.kind else _("First visit")
    if "interpreter" in visit.request.flags:
        name = _("%(visit)s, interpreter") % {"visit": name}
    if visit.state in OVER:
        return "over", f"{name}, {str(visit.get_state_display()).lower()}"
    if visit.starts_at > now and not plan.schedule.works(visit.span):
        return "lost", _("Must be moved")
    return ("first" if kind == plan.kinds[0].name else "other"), name
