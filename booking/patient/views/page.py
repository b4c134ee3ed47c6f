"""My request itself, and the visit for a calendar."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from booking.delivery.invitation import FILE_NAME, visit_file
from booking.models import Link
from booking.patient.views.opened import opened, show, show_refusal
from booking.rules.statuses import Status


@require_safe
@opened
def page(request: HttpRequest, link: Link) -> HttpResponse:
    """Show how things stand, and what can be done."""
    return show(request, link)


@require_safe
@opened
def visit_calendar(request: HttpRequest, link: Link) -> HttpResponse:
    """Give the agreed visit as a file for a calendar."""
    visit = link.request.visit
    if visit is None or link.request.status != Status.SCHEDULED:
        return show_refusal(request, link, _("There is no visit to put into a calendar now."))
    file = visit_file(visit, (get_language() or "en")[:2])
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response
