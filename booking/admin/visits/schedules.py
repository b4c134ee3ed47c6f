"""Clinicians' hours, absences and visit types, kept by reception and managers."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking import actions
from booking.actions.open_times import open_times
from booking.admin.base.access import actor_of
from booking.admin.base.role_admin import RoleModelAdmin, RolePermissions
from booking.admin.visits.displaced import tell_of_opened, warn_of_displaced
from booking.hours.clinicians import Plan, plans
from booking.models import Absence, Schedule, VisitType, WorkingHours
from booking.rules.roles import Role
from treatments.models import Clinician


class WithoutOverlap(BaseInlineFormSet):
    """Rows whose times must not overlap."""

    times: ClassVar[tuple[str, str]]
    same: ClassVar[str | None] = None
    overlap: ClassVar[Any]

    def clean(self) -> None:
        """Say at the later row that it overlaps the one before."""
        super().clean()
        rows = sorted(filter(self._is_whole, self.forms), key=self._place)
        for before, after in zip(rows, rows[1:], strict=False):
            (group, _start, end), (next_group, start, _end) = self._place(before), self._place(after)
            if group == next_group and start < end:
                after.add_error(None, self.overlap)

    def _place(self, form: forms.ModelForm) -> tuple[Any, Any, Any]:
        group = form.cleaned_data[self.same] if self.same else 0
        start, end = (form.cleaned_data[name] for name in self.times)
        return group, start, end

    def _is_whole(self, form: forms.ModelForm) -> bool:
        data = getattr(form, "cleaned_data", {})
        return not data.get("DELETE") and all(
            data.get(name) is not None for name in (*self.times, *filter(None, [self.same]))
        )


class HoursFormSet(WithoutOverlap):
    times, same = ("starts", "ends"), "weekday"
    overlap = _("These hours overlap others on the same day.")


class AbsenceFormSet(WithoutOverlap):
    times = ("starts_at", "ends_at")
    overlap = _("This absence overlaps another one.")


class HoursInline(RolePermissions, admin.TabularInline):
    """Weekly hours; the clinic's own hours count until there is a row."""

    model = WorkingHours
    formset = HoursFormSet
    extra = 2
    formfield_overrides: ClassVar = {
        models.TimeField: {"widget": forms.TimeInput(format="%H:%M", attrs={"type": "time", "step": 15 * 60})}
    }


class AbsenceInline(RolePermissions, admin.TabularInline):
    """Absences that are not over."""

    model = Absence
    formset = AbsenceFormSet
    extra = 1
    formfield_overrides: ClassVar = {
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        }
    }

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Absence]:
        """Leave out those that are over: they only lengthen the page."""
        return super().get_queryset(request).filter(ends_at__gt=timezone.now())


@admin.register(Schedule)
class ScheduleAdmin(RoleModelAdmin):
    """One clinician's hours and absences."""

    list_display = ["clinician", "takes_visits", "user"]
    fields = ["clinician", "takes_visits", "user"]
    list_select_related = ["clinician", "user"]
    inlines = [HoursInline, AbsenceInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Schedule | None = None) -> list[str]:
        """Keep a schedule with its clinician."""
        return ["clinician"] if obj else []

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Offer the accounts of clinicians alone, and no way to make one from here."""
        if db_field.name == "user":
            clinicians = User.objects.filter(is_staff=True, groups__name=Role.CLINICIAN.value)
            kwargs["queryset"] = clinicians.order_by("last_name", "username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Schedule, *args: Any) -> None:
        """Save, and remember when the clinician worked until now."""
        request._before = _plan(obj)  # type: ignore[attr-defined]
        self._end_feed_of_another(request, obj)
        super().save_model(request, obj, *args)

    def _end_feed_of_another(self, request: HttpRequest, obj: Schedule) -> None:
        """End the private address when the calendar is taken from the account that knows it."""
        before = Schedule.objects.filter(pk=obj.pk).values_list("user", flat=True).first()
        if before is None or before == obj.user_id:
            return
        if actions.revoke_feed(obj.clinician, by=actor_of(request)):
            messages.warning(
                request, _("The private calendar address opens nothing any more. Make a new one.")
            )

    def save_related(self, request: HttpRequest, form: Any, *args: Any) -> None:
        """Save, then say which visits no longer fit, and whether there are times that could be given."""
        super().save_related(request, form, *args)
        warn_of_displaced(request)
        before = request._before.schedule  # type: ignore[attr-defined]
        if open_times(before, _plan(form.instance)):
            tell_of_opened(request)


def _plan(schedule: Schedule) -> Plan:
    return plans(Clinician.objects.filter(pk=schedule.clinician_id))[schedule.clinician_id]


@admin.register(VisitType)
class VisitTypeAdmin(RoleModelAdmin):
    """What can be booked, and how long it takes."""

    list_display = ["name", "minutes", "clinician", "active"]
    list_select_related = ["clinician"]
