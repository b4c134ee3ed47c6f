"""The help for staff: the states of a request as a drawing and in words, and short chapters.

All of it comes from the rules themselves. It shows no patient, so a look at it is not recorded. Each person
switches single keys off or on there.
"""

from __future__ import annotations

from typing import cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from booking.admin.help import help_day, help_rules, help_work
from booking.admin.help.help_drawing import draw
from booking.admin.help.help_states import states, steps, unmoved
from booking.models import StaffPreferences
from booking.rules.transitions import TRANSITIONS

app_name = "help"
# The short ones stand two in a row, those with tables alone.
CHAPTERS = (
    help_work.queue,
    help_work.promise,
    help_work.offering,
    help_work.calls,
    help_work.writing,
    help_work.duplicates,
    help_day.sheet,
    help_day.colleagues,
    help_day.calendar,
    help_rules.safety_notes,
    help_rules.record,
    help_rules.priority,
    help_rules.before_a_shot,
    help_work.closing,
    help_rules.roles,
)


@require_safe
def staff_help(request: HttpRequest) -> HttpResponse:
    """Show the help to whoever may open the admin."""
    context = {
        **admin.site.each_context(request),
        "title": _("Help"),
        "drawing": draw(TRANSITIONS.values()),
        "states": states(),
        "steps": steps(),
        "unmoved": unmoved(),
        "chapters": [chapter() for chapter in CHAPTERS],
    }
    return render(request, "booking/admin/help/help.html", context)


@require_POST
def switch_keys(request: HttpRequest) -> HttpResponse:
    """Switch keys of one character on or off for this person, on every device."""
    on = request.POST.get("single_keys") == "on"
    StaffPreferences.objects.update_or_create(user=cast("User", request.user), defaults={"single_keys": on})
    messages.success(request, _("Single keys are on.") if on else _("Single keys are off."))
    return redirect(reverse("help:page") + "#keys")


urlpatterns = [
    path("", admin.site.admin_view(staff_help), name="page"),
    path("keys/", admin.site.admin_view(switch_keys), name="keys"),
]
