"""The help for staff: the states of a request as a drawing and in words, and short chapters.

All of it comes from the rules themselves. It shows no patient, so a look at it is not recorded.
"""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from booking.admin import help_day, help_rules, help_work
from booking.admin.help_drawing import draw
from booking.admin.help_states import states, steps, unmoved
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
def staff_help(http: HttpRequest) -> HttpResponse:
    """Show the help to whoever may open the admin."""
    context = {
        **admin.site.each_context(http),
        "title": _("Help"),
        "drawing": draw(TRANSITIONS.values()),
        "states": states(),
        "steps": steps(),
        "unmoved": unmoved(),
        "chapters": [chapter() for chapter in CHAPTERS],
    }
    return render(http, "admin/booking/help.html", context)


urlpatterns = [path("", admin.site.admin_view(staff_help), name="page")]
