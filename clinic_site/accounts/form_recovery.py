"""What somebody typed when their sign-in ended: kept for them alone, given back when they sign in again.

It waits in the session that begins where the old one ended, sealed for the one account, for an hour at most.
Nothing is done with it: the page that they typed it on comes back filled in, and they send it again, or not.
"""

from __future__ import annotations

import json
import time
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse

from booking.models.sealed import SealBroken, seal, unseal
from clinic_site.accounts.form_filler import FormFiller

KEY, ENDED = "typed", "ended"
# Windows of the browser that somebody had open with words in them.
KEPT: Final = 5
KEPT_SECONDS: Final = 60 * 60
STAFF: Final = "/admin/"
# How somebody signs in is never kept.
NEVER: Final = (
    "/admin/account/",
    "/admin/auth/",
    "/admin/login/",
    "/admin/logout/",
    "/admin/password_change/",
)
# Codes and numbers that no field took would tell nobody anything; words do.
WORDS_FROM: Final = 12


@dataclass(frozen=True)
class RecoverableForm:
    """The page it was typed on with its query, the path it was sent to, and the values by name."""

    page: str
    action: str
    values: dict[str, list[str]]


def end(request: HttpRequest) -> None:
    """End a session; the next one knows whose it was, for words that come too late."""
    whose = request.user.pk
    logout(request)
    request.session[ENDED] = whose


def sent_too_late(request: HttpRequest) -> RecoverableForm | None:
    """Return what a form brought whose session is over, if anything that may be kept."""
    return None if request.user.is_authenticated else _sent(request)


def read(post: QueryDict, *, page: str, action: str) -> RecoverableForm | None:
    """Return what was typed on a page of the workspace; None for a page that is none, or asks for secrets."""
    if not (_is_staff(page) and _is_staff(action)):
        return None
    names = [name for name in post if name != "csrfmiddlewaretoken" and "password" not in name]
    return RecoverableForm(page, action, {name: [str(one) for one in post.getlist(name)] for name in names})


def after_sign_in(request: HttpRequest, words: RecoverableForm) -> HttpResponse:
    """Keep the words for whoever the session was of, and lead through the sign-in back to their page."""
    if whose := _whose(request):
        _keep(request, whose, words)
    return redirect_to_login(words.page, reverse("account_login"))


def after_failed_check(request: HttpRequest) -> HttpResponse | None:
    """Return the way back to a form whose token is older than the sign-in, or None where there is none."""
    words = _sent(request)
    if words is None or not request.user.is_authenticated:
        return None
    _keep(request, request.user.pk, words)
    return redirect(words.page)


def fill_in_recovered(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Fill kept words into the page that they were typed on, once."""
    if request.method != "GET" or not request.user.is_authenticated or KEY not in request.session:
        return response
    words = _of_page(request)
    if words is None:
        return response
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        # A page that only an answer to a form can be: what was chosen for it begins anew.
        return redirect("admin:index")
    if not _is_page(response):
        return response
    _drop(request, words)
    filler = FormFiller(response.content.decode(), request.path, words.action, words.values)
    left = [one for one in filler.left if len(one) >= WORDS_FROM]
    response.content = filler.text(render_to_string("account/form_recovery.html", {"left": left}))
    return response


@receiver(user_logged_in)
def for_nobody_else(sender: object, request: HttpRequest, user: User, **kwargs: object) -> None:
    """Drop the words of whoever worked here before, when somebody else signs in."""
    request.session.pop(ENDED, None)
    if KEY in request.session:
        request.session[KEY] = [one for one in request.session[KEY] if _open(one, user.pk)]


def _sent(request: HttpRequest) -> RecoverableForm | None:
    if request.method != "POST":
        return None
    return read(request.POST, page=_came_from(request), action=request.path)


def _whose(request: HttpRequest) -> int | None:
    """Return whose session it was that ended here, or ran out while the browser stood open."""
    if ENDED in request.session:
        return int(request.session[ENDED])
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    over = Session.objects.filter(session_key=key).first() if key else None
    return over.get_decoded().get(SESSION_KEY) if over else None


def _keep(request: HttpRequest, whose: Any, words: RecoverableForm) -> None:
    kept = json.dumps({**asdict(words), "at": int(time.time())})
    sealed = b64encode(seal(kept.encode(), _place(whose))).decode()
    request.session[KEY] = [*request.session.get(KEY, []), sealed][-KEPT:]


def _of_page(request: HttpRequest) -> RecoverableForm | None:
    """Return what was typed last on the page that is asked for."""
    opened = (_open(one, request.user.pk) for one in reversed(request.session[KEY]))
    return next((one for one in opened if one and one.page == request.get_full_path()), None)


def _drop(request: HttpRequest, words: RecoverableForm) -> None:
    kept = [one for one in request.session[KEY] if (typed := _open(one, request.user.pk)) and typed != words]
    request.session[KEY] = kept


def _open(kept: str, whose: Any) -> RecoverableForm | None:
    try:
        found = json.loads(unseal(b64decode(kept), _place(whose)))
    except SealBroken:
        return None
    return RecoverableForm(**found) if time.time() - found.pop("at") <= KEPT_SECONDS else None


def _place(whose: Any) -> str:
    return f"staff_session:{whose}:typed"


def _came_from(request: HttpRequest) -> str:
    """Return the page that a form stood on: our Referrer-Policy lets our own pages say so."""
    came = urlsplit(request.headers.get("Referer", ""))
    if came.netloc != request.get_host() or not _is_staff(came.path):
        return request.get_full_path()
    return f"{came.path}?{came.query}" if came.query else came.path


def _is_staff(path: str) -> bool:
    return path.startswith(STAFF) and not path.startswith(NEVER)


def _is_page(response: HttpResponse) -> bool:
    if response.status_code not in (HTTPStatus.OK, HTTPStatus.CONFLICT) or response.streaming:
        return False
    return response.headers.get("Content-Type", "").startswith("text/html")
