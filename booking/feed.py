"""The private address of a clinician's calendar. The token is all it takes, so it shows very little."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from booking import actions
from booking.delivery.clinician_calendar import ASK_AGAIN, clinician_calendar, fingerprint
from booking.models import CalendarFeed
from booking.rules.errors import TooOften

TYPE = "text/calendar; charset=utf-8"


# Programs that try more than reading hear 405, which they understand, before anything asks for a CSRF token.
@csrf_exempt
@require_safe
def clinician_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the calendar, once that is on record; 304 when nothing changed, 404 for a token that opens
    nothing, 429 for a calendar read without end.

    There is no Last-Modified: a visit that leaves the feed would not move it on (RFC 9110, 8.8.2.1). The ETag
    tells.
    """
    feed = CalendarFeed.of_token(token)
    if feed is None:
        return _private(HttpResponseNotFound("There is no calendar here.", content_type="text/plain"))
    etag = f'W/"{fingerprint(feed.clinician)}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        try:
            actions.record_feed_read(feed)
        except TooOften as error:
            return _private(_later(str(error)))
        answer = HttpResponse(clinician_calendar(feed.clinician), content_type=TYPE)
    answer.headers["ETag"] = etag
    return _private(answer)


def _later(why: str) -> HttpResponse:
    answer = HttpResponse(why, status=HTTPStatus.TOO_MANY_REQUESTS, content_type="text/plain")
    answer.headers["Retry-After"] = str(int(ASK_AGAIN.total_seconds()))
    return answer


def _private(answer: HttpResponse) -> HttpResponse:
    """Let the program keep its copy and ask each time; nobody on the way keeps one."""
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
