"""book_time: a clinician's free times, a week at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking import actions
from booking.admin.base.access import staff_context
from booking.admin.calendar.times import WEEKS, Slot, begins_this_week, free_days, monday, read_time
from booking.admin.lists.filters import Filters
from booking.admin.reading.contact import contact, wishes
from booking.admin.verbs.base import VerbForm, VerbPage
from booking.forms.choices import Tick
from booking.forms.section import SectionForm
from booking.hours.clinicians import Plan, bookable, plans
from booking.models import ConsultationRequest, VisitType
from booking.rules.errors import TimeNotFree
from booking.rules.transitions import Verb
from treatments.models import Clinician


@dataclass(frozen=True)
class ShownWeek:
    """What the page shows: whose times, of which week, for which type of visit; as typed, or nothing."""

    clinician: str = ""
    week: str = ""
    kind: str = ""

    @classmethod
    def read(cls, value: str) -> ShownWeek:
        """Return the place that a button or a hidden field names: "clinician/week/kind"."""
        return cls(*value.split("/", 2))


class BookForm(VerbForm):
    """One of the times on the page."""

    kind = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    time = forms.CharField(max_length=60, error_messages={"required": _("Select a time")})
    told = Tick(label=_("The patient knows it already, from the phone"), required=False)

    def clean_time(self) -> Slot:
        """Return clinician id and start. Raises ValidationError for what this page never offers."""
        chosen = read_time(self.cleaned_data["time"], timezone.now())
        if chosen is None:
            raise forms.ValidationError(_("Select one of the times listed"), code="invalid_choice")
        return chosen


class TimesPage(VerbPage):
    """A verb for which a clinician's free times are shown, a week at a time."""

    def shown_beside(self, request: HttpRequest, consultation: ConsultationRequest) -> dict[str, Any]:
        """Add clinicians and the days of the chosen week."""
        known, place = plans_of(request), self.place(request)
        chosen = known.get(_number(place.clinician, 2**31 - 1)) or next(iter(known.values()), None)
        context = {
            "clinicians": [plan.clinician for plan in known.values()],
            "clinician": chosen.clinician if chosen else None,
            "plan": chosen,
            "contact": contact(consultation.person),
            "wishes": wishes(consultation.person),
            "origin": Filters.read(request.GET).address().replace("?", "&"),
        }
        return {**context, **_week_of(chosen, place, consultation, self.length(consultation))}

    def form(
        self, request: HttpRequest, consultation: ConsultationRequest, data: QueryDict | None = None
    ) -> SectionForm:
        """Return the form; a time that came free is chosen already when the list of them led here."""
        form = super().form(request, consultation, data)
        form.initial["time"] = request.GET.get("time", "")
        return form

    def place(self, request: HttpRequest) -> ShownWeek:
        """Return what to show, as typed into the address or, once sent, into the form."""
        kind = request.POST.get("kind") or request.GET.get("kind", "")
        return ShownWeek(request.GET.get("clinician", ""), request.GET.get("week", ""), kind)

    def length(self, consultation: ConsultationRequest) -> timedelta | None:
        """Return how long the visit is, when no type of visit is to be chosen."""
        return None


class BookTime(TimesPage):
    """Agree a visit, for example on the phone."""

    verb = Verb.BOOK_TIME
    form_class = BookForm
    template = "booking/admin/verbs/book_time.html"
    title = _("Book a time")
    done = _("Visit booked.")
    press = _("Book this time")

    @staticmethod
    def do(
        consultation: ConsultationRequest, *, time: Slot, kind: int | None, told: str, **how: Any
    ) -> ConsultationRequest:
        """Book the time."""
        return actions.book_time(
            consultation, *chosen_time(time), kind=chosen_kind(kind), told=bool(told), **how
        )


def plans_of(request: HttpRequest) -> dict[int, Plan]:
    """Return the plans of those who can be booked; read once per HTTP request."""
    staff = staff_context(request)
    staff.plans = staff.plans or plans(bookable())
    return staff.plans


def chosen_time(time: Slot) -> tuple[Clinician, datetime]:
    """Return the clinician and the start that were chosen. Raises TimeNotFree for a clinician who is gone."""
    pk, start = time
    clinician = bookable().filter(pk=pk).first()
    if clinician is None:
        raise TimeNotFree(str(_("This clinician cannot be booked any more.")))
    return clinician, start


def chosen_kind(pk: int | None) -> VisitType | None:
    """Return the type of visit that was chosen, None for the usual one. Raises TimeNotFree for one gone."""
    kind = VisitType.objects.filter(pk=pk, active=True).first() if pk else None
    if pk and kind is None:
        raise TimeNotFree(str(_("Visits of this type cannot be booked any more.")))
    return kind


def _week_of(
    plan: Plan | None, place: ShownWeek, consultation: ConsultationRequest, length: timedelta | None
) -> dict[str, Any]:
    now = timezone.now()
    week = _week(place.week, plan, now)
    kinds = plan.kinds if plan else []
    asked = _number(place.kind, 2**31 - 1)
    kind = next((one for one in kinds if one.pk == asked), kinds[0] if kinds else None)
    length = length or (kind.length if kind else None)
    days = free_days(plan, week, now, consultation, length) if plan and length else []
    return {
        "days": days,
        "free": sum(len(day.times) for day in days),
        "kinds": kinds,
        "kind": kind,
        "length": length,
        "week": week,
        "earlier": week - 1,
        "later": week + 1 if week + 1 < WEEKS else None,
        "first": monday(week),
        "last": monday(week) + timedelta(days=6),
    }


def _week(asked: str, plan: Plan | None, now: datetime) -> int:
    """Return the week asked for, else this one, or the next when this one has no open hour left."""
    if asked or plan is None:
        return _number(asked, WEEKS - 1)
    return 0 if begins_this_week(plan, now) else 1


def _number(text: str, most: int) -> int:
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 10 else 0
