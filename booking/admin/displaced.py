"""Visits that cannot stay where they are: the clinic closed, the clinician is away, or works no more."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import ngettext
from procrastinate.contrib.django import app

from booking.actions._schedule import schedules
from booking.admin.door import sees_requests
from booking.models import Visit
from booking.models.visit import VisitQuerySet
from booking.rules.free_times import Span
from treatments.models import Clinician
from treatments.signals import clinic_saved


def displaced(now: datetime) -> VisitQuerySet:
    """Return the visits to come, held and booked, that must be moved."""
    coming = Visit.objects.taking_time().filter(starts_at__gt=now).order_by()
    rows = list(coming.values_list("pk", "clinician", "starts_at", "ends_at"))
    known = Clinician.objects.filter(pk__in={clinician for _pk, clinician, _start, _end in rows})
    plans = schedules(known.only("pk"))
    lost = [pk for pk, clinician, start, end in rows if not plans[clinician].works(Span(start, end))]
    return Visit.objects.filter(pk__in=lost)


@receiver(clinic_saved)
def after_the_clinic_changed(sender: type, http: HttpRequest, **kwargs: object) -> None:
    """Have the promises worked out anew, and name the visits that lie in a closure now."""
    app.configure_task("booking.move_promises").defer()
    warn_of_displaced(http)


def warn_of_displaced(http: HttpRequest) -> None:
    """Tell whoever changed hours, closures or absences how many visits must be moved now."""
    count = displaced(timezone.now()).count()
    if not count:
        return
    text = ngettext(
        "%(n)d visit lies where nobody works any more. It must be moved.",
        "%(n)d visits lie where nobody works any more. They must be moved.",
        count,
    ) % {"n": count}
    if sees_requests(http):
        address = reverse("admin:booking_visit_displaced")
        text = format_html('{} <a href="{}">{}</a>', text, address, ngettext("Show it", "Show them", count))
    messages.warning(http, text)
