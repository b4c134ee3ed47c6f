"""book_time: a clinician's free times, a week at a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking import actions
from booking.actions import Actor
from booking.actions._promise import calendar
from booking.admin.contact import contact, wishes
from booking.admin.filters import Filters
from booking.admin.times import WEEKS, free_days, monday, raster, read_time
from booking.admin.verbs.base import VerbForm, VerbPage
from booking.forms.choices import Tick
from booking.forms.section import SectionForm
from booking.models import ConsultationRequest
from booking.rules.errors import TimeNotFree
from booking.rules.transitions import Verb
from treatments.models import Clinician


def bookable() -> QuerySet[Clinician]:
    """Return the clinicians on the site; in a demonstration its placeholders too."""
    shown = Q(published=True) | Q(is_demo=True) if settings.DEMO else Q(published=True)
    return Clinician.objects.filter(shown)


class BookForm(VerbForm):
    """One of the times on the page."""

    time = forms.CharField(max_length=60, error_messages={"required": _("Select a time")})
    told = Tick(label=_("The patient knows it already, from the phone"), required=False)

    def clean_time(self) -> Any:
        """Return clinician id and start. Raises ValidationError for what this page never offers."""
        chosen = read_time(self.cleaned_data["time"], timezone.now())
        if chosen is None:
            raise forms.ValidationError(_("Select one of the times listed"), code="invalid_choice")
        return chosen


class BookTime(VerbPage):
    """Agree a visit, for example on the phone."""

    verb = Verb.BOOK_TIME
    form_class: ClassVar[type[SectionForm]] = BookForm
    template = "admin/booking/book_time.html"
    title = _("Book a time")
    done = _("Visit booked.")

    @property
    def button(self) -> str:
        """The words of the button."""
        return str(_("Book this time"))

    def shown_beside(self, http: HttpRequest, request: ConsultationRequest) -> dict[str, Any]:
        """Add clinicians and the days of the chosen week."""
        clinicians, (pk, asked_week) = list(bookable()), self.place(http)
        asked = _number(pk, 2**31 - 1)
        chosen = next((one for one in clinicians if one.pk == asked), clinicians[0] if clinicians else None)
        week = _week(asked_week)
        first = monday(week)
        return {
            "clinicians": clinicians,
            "clinician": chosen,
            "days": free_days(chosen, week, timezone.now(), request.person) if chosen else [],
            "week": week,
            "earlier": week - 1,
            "later": week + 1 if week + 1 < WEEKS else None,
            "first": first,
            "last": first + timedelta(days=6),
            "contact": contact(request.person),
            "wishes": wishes(request.person),
            "origin": Filters.read(http.GET).address().replace("?", "&"),
        }

    def place(self, http: HttpRequest) -> tuple[str | None, str | None]:
        """Return the clinician and the week to show, as typed into the address."""
        return http.GET.get("clinician"), http.GET.get("week")

    def act(
        self, request: ConsultationRequest, values: dict[str, Any], by: Actor, seen_version: int
    ) -> ConsultationRequest:
        clinician, start = chosen_time(values)
        told = bool(values["told"])
        return actions.book_time(request, clinician, start, by=by, told=told, seen_version=seen_version)


def chosen_time(values: dict[str, Any]) -> tuple[Clinician, datetime]:
    """Return the clinician and the start that were chosen. Raises TimeNotFree for a clinician who is gone."""
    pk, start = values["time"]
    clinician = bookable().filter(pk=pk).first()
    if clinician is None:
        raise TimeNotFree(str(_("This clinician cannot be booked any more.")))
    return clinician, start


def _week(asked: str | None) -> int:
    """Return the week asked for, else this one, or the next when this one has no open hour left."""
    if asked:
        return _number(asked, WEEKS - 1)
    clock, now = calendar(), timezone.now()
    this_week = [monday(0) + timedelta(days=n) for n in range(7)]
    return 0 if any(start > now for day in this_week for start in raster(day, clock)) else 1


def _number(text: str | None, most: int) -> int:
    return min(int(text), most) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
