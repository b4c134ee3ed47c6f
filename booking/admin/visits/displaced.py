"""What follows from a change of hours: visits that cannot stay, and times that can be given."""

from __future__ import annotations

from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django import app

from booking.admin.base.access import sees_requests
from booking.admin.lists.unstaffed import visits_to_move
from booking.models import EarlierWish
from treatments.signals import clinic_saved


@receiver(clinic_saved)
def after_the_clinic_changed(sender: type, request: HttpRequest, **kwargs: object) -> None:
    """Have the promises worked out anew, and name the visits that lie in a closure now."""
    app.configure_task("booking.move_promises").defer()
    warn_of_displaced(request)


def warn_of_displaced(request: HttpRequest) -> None:
    """Tell whoever changed hours, closures or absences how many visits must be moved now."""
    count = visits_to_move(timezone.now()).count()
    if not count:
        return
    text = ngettext(
        "%(n)d visit lies where nobody works any more. It must be moved.",
        "%(n)d visits lie where nobody works any more. They must be moved.",
        count,
    ) % {"n": count}
    if sees_requests(request):
        address = reverse("admin:booking_visit_displaced")
        text = format_html('{} <a href="{}">{}</a>', text, address, ngettext("Show it", "Show them", count))
    messages.warning(request, text)


def tell_of_opened(request: HttpRequest) -> None:
    """Tell whoever gave a clinician more hours that somebody waits for an earlier time, if somebody does."""
    waiting = EarlierWish.objects.waiting().count()
    if not waiting:
        return
    text = ngettext(
        "%(n)d patient wants an earlier time, and there are new ones.",
        "%(n)d patients want an earlier time, and there are new ones.",
        waiting,
    ) % {"n": waiting}
    address = reverse("admin:booking_visit_earlier")
    messages.info(request, format_html('{} <a href="{}">{}</a>', text, address, _("See who could take one")))
