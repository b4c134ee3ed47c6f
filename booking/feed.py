"""The private address of a clinician's calendar. The token is all it takes, so it shows very little."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from booking.delivery.clinician_calendar import clinician_calendar, fingerprint
from booking.models import CalendarFeed

TYPE = "text/calendar; charset=utf-8"


# Programs that try more than reading hear 405, which they understand, before anything asks for a CSRF token.
@csrf_exempt
@require_safe
def clinician_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the calendar, 304 when nothing changed, and 404 for a token that opens nothing.

    There is no Last-Modified: a visit that leaves the feed would not move it on (RFC 9110, 8.8.2.1). The ETag
    tells.
    """
    clinician = CalendarFeed.clinician_of(token)
    if clinician is None:
        return _private(HttpResponseNotFound("There is no calendar here.", content_type="text/plain"))
    etag = f'W/"{fingerprint(clinician)}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(clinician_calendar(clinician), content_type=TYPE)
    answer.headers["ETag"] = etag
    return _private(answer)


def _private(answer: HttpResponse) -> HttpResponse:
    """Let the program keep its copy and ask each time; nobody on the way keeps one."""
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
