"""The draft behind a browser: its cookie holds a random key and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from booking.actions import may_begin
from booking.forms.client_network import network_of
from booking.hours.clinic import today
from booking.models import DailyCount, Draft
from booking.rules.errors import TooOften
from booking.rules.retention import DRAFT_KEPT
from booking.rules.tokens import hash_token, make_token


def token_of(request: HttpRequest) -> str:
    """Return the browser's key, or ""."""
    return request.COOKIES.get(settings.DRAFT_COOKIE_NAME, "")


def draft_of(request: HttpRequest) -> Draft | None:
    """Return the living draft of this browser."""
    token = token_of(request)
    return Draft.objects.by_token(token).select_related("request").first() if token else None


def was_sent(request: HttpRequest) -> bool:
    """Return whether this browser's draft became a request, also after its page has run out."""
    token = token_of(request)
    known = Draft.objects.filter(token_hash=hash_token(token), request__isnull=False)
    return bool(token) and known.exists()


def begin(request: HttpRequest, kept: Mapping[str, dict[str, Any]] | None = None) -> tuple[Draft, str]:
    """Save a new draft with answers by step; return it with the key for the browser.

    The only way to a draft from outside, so that none escapes the limit. Raises TooOften when more were begun
    from the sender's network than `rules.abuse` allows; then nothing is saved.
    """
    if not may_begin(network_of(request)):
        raise TooOften
    draft, token = Draft.begin((get_language() or "en")[:2])
    for step, values in (kept or {}).items():
        draft.keep(step, values)
    draft.save(force_insert=True)
    return draft, token


def lock(draft: Draft) -> Draft:
    """Return the draft as it is now, locked until the transaction ends. Raises Draft.DoesNotExist."""
    return Draft.objects.select_for_update().get(pk=draft.pk)


@transaction.atomic
def keep(draft: Draft, step: str, values: dict[str, Any]) -> Draft:
    """Save one step's answers beside what other tabs saved meanwhile.

    Raises Draft.DoesNotExist when the draft was cleared meanwhile. One that was sent stays as it is.
    """
    locked = lock(draft)
    if locked.request_id is None:
        is_first = step not in locked.steps
        locked.keep(step, values)
        locked.language = (get_language() or "en")[:2]
        locked.save()
        if is_first:
            DailyCount.add("step", step, today())
    return locked


def remove(draft: Draft) -> bool:
    """Delete a draft that was not sent. Return whether it was there."""
    deleted, _by_model = Draft.objects.filter(pk=draft.pk, request__isnull=True).delete()
    return bool(deleted)


def forget(token: str) -> None:
    """Let a browser's key open nothing any more, nor a copy of it: what was not sent is deleted."""
    known = Draft.objects.filter(token_hash=hash_token(token))
    known.filter(request__isnull=True).delete()
    known.update(token_hash=hash_token(make_token()))


@transaction.atomic
def remove_for_emergency(draft: Draft, codes: list[str]) -> None:
    """Delete the draft and count the codes, once however often the answer arrives."""
    if remove(draft):
        for code in codes:
            DailyCount.add("emergency", code, today())


def give_key(response: HttpResponse, token: str) -> None:
    """Hand the key to the browser for as long as the draft is kept."""
    response.set_cookie(
        settings.DRAFT_COOKIE_NAME,
        token,
        max_age=DRAFT_KEPT,
        path="/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def take_key(response: HttpResponse) -> None:
    """Take the key from the browser."""
    response.delete_cookie(settings.DRAFT_COOKIE_NAME, path="/", samesite="Lax")
