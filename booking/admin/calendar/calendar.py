"""The calendar of visits: a day of all clinicians, a week of one, and what came free."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from booking.admin.base.access import actor_of, refuse, sees_requests
from booking.admin.calendar.calendar_beside import beside
from booking.admin.calendar.calendar_days import CLINICIANS, draw, visits_between
from booking.admin.calendar.calendar_opens import opens_on
from booking.admin.calendar.calendar_panels import panels
from booking.admin.calendar.times import WORKDAYS
from booking.hours.clinic import calendar
from booking.hours.clinicians import LOOKED_BACK, Plan, bookable, plans
from booking.models import Visit
from booking.rules.roles import SEE_SCHEDULE
from treatments.models import Clinician

FURTHEST: Final = timedelta(days=730)
LATELY: Final = timedelta(days=60)
DAY, WEEK = "day", "week"


@dataclass(frozen=True)
class Asked:
    """What the address asks for; whatever makes no sense is today, of everybody.

    Without a day the page opens where there is something to see: calendar_opens.py.
    """

    view: str
    day: date
    today: date
    clinician: int
    is_odd: bool

    @classmethod
    def read(cls, request: HttpRequest) -> Asked:
        """Return what a person asked to see."""
        today = timezone.now().astimezone(ZoneInfo(calendar().zone)).date()
        typed = request.GET.get("day", "")
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            day = today
        if abs(day - today) > FURTHEST:
            day = today
        odd = bool(typed) and typed != day.isoformat()
        key = request.GET.get("clinician", "")
        clinician = int(key) if key.isascii() and key.isdigit() and len(key) < 10 else 0
        view = WEEK if request.GET.get("view") == WEEK else DAY
        return cls(view, day, today, clinician, odd or (bool(key) and not clinician))

    @property
    def step(self) -> timedelta:
        """How far the arrows lead."""
        return timedelta(days=7 if self.view == WEEK else 1)

    @property
    def start(self) -> datetime:
        """When the first day begins: of a week its Monday."""
        day = self.day - timedelta(days=self.day.weekday()) if self.view == WEEK else self.day
        return datetime.combine(day, time.min, ZoneInfo(calendar().zone))

    @property
    def reach(self) -> tuple[datetime, datetime]:
        """From when to when visits are shown, whole days."""
        return self.start, self.start + self.step

    def address(self, *, view: str = "", day: date | None = None, clinician: int | None = None) -> str:
        """Return the address of this page with something else changed."""
        key = self.clinician if clinician is None else clinician
        rest = f"&clinician={key}" if key else ""
        base = reverse("admin:booking_visit_changelist")
        return f"{base}?view={view or self.view}&day={day or self.day}{rest}"


def clinicians_seen(request: HttpRequest) -> dict[int, Plan]:
    """Return whose visits this person may see: everybody's, or as a clinician their own. Refuses others."""
    actor, asked, now = actor_of(request), Asked.read(request), timezone.now()
    if not sees_requests(request):
        refuse(request)
    since = min(asked.start - timedelta(days=7), now - LOOKED_BACK)
    if actor.roles & SEE_SCHEDULE:
        lately = Visit.objects.filter(clinician=OuterRef("pk"), starts_at__gt=now - LATELY)
        return plans(Clinician.objects.filter(Q(pk__in=bookable()) | Q(Exists(lately))), since)
    own = plans(Clinician.objects.filter(schedule__user=actor.user), since)
    if asked.clinician and asked.clinician not in own:
        refuse(request)
    return own


def calendar_page(request: HttpRequest, seen: dict[int, Plan]) -> dict[str, Any]:
    """Return what the calendar shows. The look must be on record before this is called."""
    asked, now = Asked.read(request), timezone.now()
    chosen = seen.get(asked.clinician)
    if chosen is None and (asked.view == WEEK or len(seen) == 1):
        chosen = next(iter(seen.values()), None)
    of = [chosen] if chosen else list(seen.values())
    if "day" not in request.GET:
        asked = replace(asked, day=opens_on(now, calendar(), of, week=asked.view == WEEK))
    visits = visits_between(of, *asked.reach) if of else []
    days = _week(asked.day, chosen, visits) if asked.view == WEEK and chosen else [asked.day]
    shown = of if chosen else _working(of, visits, asked.day)
    places = [(plan, day) for plan in shown for day in days]
    found = beside(request, seen, now, visits)
    free = found.freed if actor_of(request).roles & SEE_SCHEDULE else []
    drawn = draw(places, visits, free, now, by_day=asked.view == WEEK) if places else None
    zone = ZoneInfo(calendar().zone)
    return {
        "asked": asked,
        "heading": _heading(asked, days),
        "clinicians": [plan.clinician for plan in seen.values()],
        "clinician": chosen.clinician if chosen else None,
        "drawn": drawn,
        "now_row": drawn.window.row(now) if drawn and asked.today in days else None,
        "clock": now.astimezone(zone),
        "before": asked.address(day=asked.day - asked.step),
        "after": asked.address(day=asked.day + asked.step),
        "at_today": asked.address(day=asked.today),
        "as_day": asked.address(view=DAY),
        "as_week": asked.address(view=WEEK),
        "not_as_asked": asked.is_odd or (asked.clinician and asked.clinician not in seen),
        **panels(request, drawn, days, seen, found),
    }


def _week(day: date, plan: Plan, visits: list[Visit]) -> list[date]:
    """Return Monday to Friday, and a weekend day that is worked or has a visit."""
    first = day - timedelta(days=day.weekday())
    zone = ZoneInfo(plan.schedule.clock.zone)
    used = {visit.starts_at.astimezone(zone).date() for visit in visits}
    days = [first + timedelta(days=n) for n in range(7)]
    return [one for one in days if one.weekday() in WORKDAYS or plan.schedule.hours(one) or one in used]


def _working(seen: list[Plan], visits: list[Visit], day: date) -> list[Plan]:
    """Return who works on a day or has a visit then. Of a few, everybody when nobody does."""
    busy = {visit.clinician_id for visit in visits}
    return [plan for plan in seen if plan.schedule.hours(day) or plan.clinician.pk in busy] or (
        seen if len(seen) <= CLINICIANS else []
    )


def _heading(asked: Asked, days: list[date]) -> str:
    if asked.view == DAY:
        return date_format(asked.day, "l, F j, Y")
    first, last = days[0], days[-1]
    end = "j, Y" if first.month == last.month else "F j, Y"
    return _("%(first)s to %(last)s") % {"first": date_format(first, "F j"), "last": date_format(last, end)}
