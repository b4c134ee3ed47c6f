"""offer_times: choose one to five times, check the offer, and only then hold and send it."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext_lazy as _

from booking import actions
from booking.admin.base.access import actor_of, refuse
from booking.admin.calendar.calendar_grid import Window
from booking.admin.calendar.offer_grid import Drawn, draw_offer
from booking.admin.calendar.times import Slot, read_time
from booking.admin.verbs.base import VerbForm
from booking.admin.verbs.book_time import ShownWeek, TimesPage, chosen_kind, plans_of
from booking.forms.section import SectionForm
from booking.forms.text import LongTextField
from booking.hours.clinic import calendar
from booking.hours.clinicians import Plan, bookable
from booking.models import ConsultationRequest
from booking.models.sealed_text import MAX_LENGTH
from booking.rules.contact_permission import may_email
from booking.rules.errors import BookingError, TimeNotFree
from booking.rules.free_times import Span
from booking.rules.offers import HOLD_DAYS, MAX_OFFERED, USUAL_HOLD_DAYS, check_offer, held_until
from booking.rules.reply_by import reply_by
from booking.rules.transitions import TRANSITIONS, Verb


class TimesField(forms.Field):
    """One to five of the times on the page; returns pairs of clinician id and start."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {
        "required": _("Select one to five times"),
        "many": _("Select five times at most"),
        "invalid_choice": _("Select only times that are listed"),
    }

    def to_python(self, value: Any) -> list[Slot]:
        """Return the chosen times in their order. Raises ValidationError for what is never offered."""
        now = timezone.now()
        read = [read_time(str(one), now) for one in value or []]
        chosen = sorted({time for time in read if time}, key=lambda time: (time[1], time[0]))
        if None in read:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        if len(chosen) > MAX_OFFERED:
            raise forms.ValidationError(self.error_messages["many"], code="many")
        return chosen


class OfferForm(VerbForm):
    """The times, how long they are held, and what is said with them."""

    times = TimesField()
    kind = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    hold_days = forms.TypedChoiceField(label=_("Hold them until"), coerce=int, initial=USUAL_HOLD_DAYS)
    text = LongTextField(
        label=_("Message to the patient (optional)"),
        help_text=_("Read on the patient’s page. The email itself names no condition and no time."),
        max_length=MAX_LENGTH,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hold_days"].choices = _holds()  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Chosen:
    """A chosen time, as the list beside the calendar shows it."""

    value: str
    starts_at: datetime
    clinician: str


class OfferTimes(TimesPage):
    """Hold times for the patient to choose from."""

    verb = Verb.OFFER_TIMES
    form_class = OfferForm
    template = "booking/admin/verbs/offer_times.html"
    title = _("Offer times")
    lead = _("Choose one to five. They are held for this patient until the offer lapses.")
    done = _("Times offered. They are held for the patient.")
    press = _("Hold and send")

    def answer(self, request: HttpRequest, consultation: ConsultationRequest) -> HttpResponse:
        """Show another week, or the offer to check, before anything is held."""
        if not TRANSITIONS[self.verb].actors & actor_of(request).roles:
            refuse(request, consultation)
        if request.method != "POST" or "confirm" in request.POST:
            return super().answer(request, consultation)
        form = self.form(request, consultation, request.POST)
        if "check" in request.POST and form.is_valid():
            return self._check(request, consultation, form)
        if "check" not in request.POST:
            # Another week or clinician: what was chosen stays chosen, and nothing is judged yet.
            form.errors.clear()
        return self.show(request, consultation, form)

    def _check(
        self, request: HttpRequest, consultation: ConsultationRequest, form: SectionForm
    ) -> HttpResponse:
        try:
            check_offer(_lengths(form.cleaned_data["times"], form.cleaned_data["kind"], plans_of(request)))
        except BookingError as error:
            return self.show(request, consultation, form, str(error))
        return self.show(request, consultation, form, template="booking/admin/verbs/offer_check.html")

    def shown_beside(self, request: HttpRequest, consultation: ConsultationRequest) -> dict[str, Any]:
        """Add what is chosen so far."""
        context = super().shown_beside(request, consultation)
        typed = request.POST.getlist("times") if request.method == "POST" else request.GET.getlist("time")
        chosen = _chosen(typed, {one.pk: str(one) for one in context["clinicians"]})
        listed = [one.value for day in context["days"] for one in day.times]
        window, drawn = _drawn(context)
        return {
            **context,
            "window": window,
            "drawn": drawn,
            "first_value": listed[0] if listed else "",
            "chosen": chosen,
            "values": typed,
            # Not among the times of this week and type: their boxes stand in the list of what is chosen.
            "elsewhere": [one for one in chosen if one.value not in listed],
            "most": MAX_OFFERED,
            "until": _until(chosen, request.POST.get("hold_days")),
            "by_email": may_email(consultation.person),
        }

    def place(self, request: HttpRequest) -> ShownWeek:
        """Return what to show: of the button pressed, of the page sent, or of the address."""
        sent = request.POST.get("show") or request.POST.get("place")
        if not sent:
            return super().place(request)
        if sent != "chosen":
            return ShownWeek.read(sent)
        return ShownWeek(*(request.POST.get(name, "") for name in ("clinician", "week", "kind_to_show")))

    @staticmethod
    def do(
        consultation: ConsultationRequest, *, times: list[Slot], kind: int | None, **values: Any
    ) -> ConsultationRequest:
        """Hold the times and send the offer."""
        known = bookable().in_bulk([pk for pk, _start in times])
        _check_there(times, known)
        chosen = [(known[pk], start) for pk, start in times]
        return actions.offer_times(consultation, chosen, kind=chosen_kind(kind), **values)


def _lengths(times: list[Slot], kind: int | None, known: dict[int, Plan]) -> list[tuple[int, Span]]:
    """Return from when to when the visits would last. Raises TimeNotFree for a clinician who is gone."""
    _check_there(times, known)
    name = next((one.name for plan in known.values() for one in plan.kinds if kind and one.pk == kind), "")
    # That one of them gives no visits of this type, the verb says.
    given = {pk: known[pk].kind(name) or known[pk].kinds[0] for pk, _start in times}
    return [(pk, Span(start, start + given[pk].length)) for pk, start in times]


def _check_there(times: list[Slot], known: Container[int]) -> None:
    if any(pk not in known for pk, _start in times):
        raise TimeNotFree(str(_("This clinician cannot be booked any more.")))


def _drawn(context: dict[str, Any]) -> tuple[Window | None, list[Drawn]]:
    plan = context["plan"]
    return draw_offer(plan, context["days"], context["length"]) if plan else (None, [])


def _holds() -> list[tuple[int, str]]:
    """Return how long an offer may be held, each with the moment when it would lapse."""
    now, clock = timezone.now(), calendar()
    ends = {days: reply_by(now, clock, days).astimezone(ZoneInfo(clock.zone)) for days in HOLD_DAYS}
    return [(days, f"{date_format(end, 'l, M j')}, {time_format(end, 'P')}") for days, end in ends.items()]


def _until(chosen: list[Chosen], typed: str | None) -> datetime | None:
    days = next((days for days in HOLD_DAYS if str(days) == typed), USUAL_HOLD_DAYS)
    return held_until(timezone.now(), [one.starts_at for one in chosen], calendar(), days) if chosen else None


def _chosen(typed: list[str], clinicians: Mapping[int, str]) -> list[Chosen]:
    now, zone = timezone.now(), ZoneInfo(calendar().zone)
    read = {value: read_time(value, now) for value in typed[: 2 * MAX_OFFERED]}
    known = [
        Chosen(value, time[1].astimezone(zone), clinicians.get(time[0], ""))
        for value, time in read.items()
        if time
    ]
    return sorted(known, key=lambda one: one.starts_at)
