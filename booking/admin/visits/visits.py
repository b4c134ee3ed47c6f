"""The addresses of the calendar in Django's admin: our pages, and nothing to add, change or delete."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from booking import actions
from booking.admin.base.access import actor_of, record, refuse, sees_requests
from booking.admin.calendar.calendar import calendar_page, clinicians_seen
from booking.admin.calendar.calendar_beside import beside
from booking.admin.calendar.waitlist import freed, wishes
from booking.admin.lists.unstaffed import visits_to_move
from booking.admin.visits.sheet import todays_sheet
from booking.delivery.clinician_calendar import who
from booking.hours.clinicians import bookable, plans
from booking.models import CalendarFeed, Visit
from booking.models.access import Look
from booking.rules.roles import SEE_SCHEDULE
from treatments.models import Clinician

MAX_ROWS: Final = 200


@admin.register(Visit)
class VisitAdmin(admin.ModelAdmin):
    """Visits are made by the verbs of their request."""

    def get_urls(self) -> list[URLPattern]:
        """Return our own addresses alone."""
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(require_safe(self.changelist_view)), name="booking_visit_changelist"),
            path("today/", wrap(require_safe(self.today_view)), name="booking_visit_today"),
            path("earlier/", wrap(require_safe(self.earlier_view)), name="booking_visit_earlier"),
            path("to-move/", wrap(require_safe(self.displaced_view)), name="booking_visit_displaced"),
            path("feed/<int:clinician_id>/", wrap(self.feed_view), name="booking_visit_feed"),
        ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return False: the sidebar leads here, not the list of models."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the calendar."""
        seen = clinicians_seen(request)
        record(request, Look.CALENDAR)
        context = calendar_page(request, seen)
        return self._render(request, "calendar", title=_("Calendar"), **context)

    def today_view(self, request: HttpRequest) -> HttpResponse:
        """Show the day's work as a sheet to print; on record with everybody on it."""
        return self._render(request, "today", title=_("Today’s sheet"), **todays_sheet(request))

    def earlier_view(self, request: HttpRequest) -> HttpResponse:
        """Show which times came free, and who would come earlier."""
        self._only_those_who_see_all(request)
        now, waiting, known = timezone.now(), wishes(), plans(bookable())
        found = beside(request, known, now)
        times, rows = freed(now, found.freed, waiting, known), [(wish, wish.request) for wish in waiting]
        title = _("Earlier times")
        return self._render(request, "waitlist", title=title, freed=times, rows=rows, cut=found.cut)

    def displaced_view(self, request: HttpRequest) -> HttpResponse:
        """Show the visits that cannot stay where they are."""
        self._only_those_who_see_all(request)
        lost = visits_to_move(timezone.now()).select_related("request", "clinician").order_by("starts_at")
        shown = lost.defer("clinician__portrait", "request__sealed_answers")[:MAX_ROWS]
        visits = [(visit, who(visit)) for visit in shown]
        title = _("Visits to move")
        return self._render(request, "displaced", title=title, visits=visits, cut=len(visits) == MAX_ROWS)

    def feed_view(self, request: HttpRequest, clinician_id: int) -> HttpResponse:
        """Show whether a clinician's calendar has an address; make a new one, or end it."""
        clinician = Clinician.objects.defer("portrait").filter(pk=clinician_id).first()
        if clinician is None:
            if not sees_requests(request):
                refuse(request)
            raise Http404
        if not actions.sees_calendar(clinician, actor_of(request)):
            refuse(request)
        record(request, Look.CALENDAR)
        address = self._change_feed(request, clinician) if request.method == "POST" else ""
        alive = CalendarFeed.objects.alive().filter(clinician=clinician)
        feed = alive.select_related("created_by").first()
        words = {"title": _("Private calendar feed"), "address": address, "feed": feed}
        return self._render(request, "feed", clinician=clinician, **words)

    def _change_feed(self, request: HttpRequest, clinician: Clinician) -> str:
        """Do what was asked; return the new address, which is shown this once."""
        if "revoke" in request.POST:
            actions.revoke_feed(clinician, by=actor_of(request))
            messages.success(request, _("The address opens nothing any more."))
            return ""
        token = actions.renew_feed(clinician, by=actor_of(request))
        return request.build_absolute_uri(reverse("clinician-feed", args=[token]))

    def _only_those_who_see_all(self, request: HttpRequest) -> None:
        if not actor_of(request).roles & SEE_SCHEDULE:
            refuse(request)
        record(request, Look.CALENDAR)

    def _render(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return render(request, f"booking/admin/visits/{template}.html", context, status=HTTPStatus.OK)
