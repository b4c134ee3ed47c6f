"""My request itself, and the visit for a calendar."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from booking.delivery.invitation import FILE_NAME, visit_file
from booking.forms.form_recovery import gives_back
from booking.models import Link
from booking.patient.form_recovery import message_again
from booking.patient.forms import MessageForm
from booking.patient.views.link_session import opened, show, show_refusal
from booking.rules.statuses import Status


@require_http_methods(["GET", "HEAD", "POST"])
@gives_back(message_again)
@opened
def page(request: HttpRequest, link: Link) -> HttpResponse:
    """Show how things stand, and what can be done. What is sent here was typed in the other language."""
    typed = MessageForm(initial={"text": request.POST.get("text", "")})
    return show(request, link, message=typed, unsent=request.POST.get("unsent", ""))


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
