"""Visits that cannot stay where they are: the clinic closed, the clinician is away, or left."""

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

from booking.actions._schedule import closed_days
from booking.admin.door import sees_requests
from booking.models import Visit
from booking.models.visit import VisitQuerySet
from treatments.signals import clinic_saved


def displaced(now: datetime) -> VisitQuerySet:
    """Return the visits to come, held and booked, that must be moved."""
    return Visit.objects.taking_time().displaced(closed_days(now), now)


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
