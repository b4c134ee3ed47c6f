"""Who may pass. Every look is on record before anything is shown, and so is every refusal."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Never, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from booking import actions
from booking.actions import Actor
from booking.admin.base.rights import rights_of
from booking.hours.clinicians import Plan
from booking.models import ConsultationRequest
from booking.models.access import Look
from booking.rules.errors import NotAllowed
from booking.rules.roles import SEE_ANSWERS, SEE_REQUESTS


@dataclass
class StaffContext:
    """What is known for the length of one HTTP request.

    Who acts; how many requests are open, and how many of them theirs, once counted, in words; the plans of
    those who can be booked, once read; whether they were refused, on record.
    """

    actor: Actor
    counts: dict[str, str] = field(default_factory=dict)
    plans: dict[int, Plan] = field(default_factory=dict)
    refused: bool = False


def staff_context(request: HttpRequest) -> StaffContext:
    """Return the context of an HTTP request, made when it is first asked for."""
    if not hasattr(request, "staff_context"):
        user = cast("User", request.user)
        request.staff_context = StaffContext(Actor.staff(user, rights_of(user).roles))  # type: ignore[attr-defined]
    return cast("StaffContext", request.staff_context)  # type: ignore[attr-defined]


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts, with their roles; read once per HTTP request."""
    return staff_context(request).actor


def sees_requests(request: HttpRequest) -> bool:
    """Return whether this person may open requests at all."""
    return bool(actor_of(request).roles & SEE_REQUESTS)


def sees_answers(request: HttpRequest) -> bool:
    """Return whether this person may read what a patient answered."""
    return bool(actor_of(request).roles & SEE_ANSWERS)


def record(
    request: HttpRequest,
    look: Look,
    consultation: ConsultationRequest | None = None,
    *,
    codes: dict[str, Any] | None = None,
) -> None:
    """Write the look down. Raises PermissionDenied (itself on record) for whoever may not look.

    A database error passes through: what is not on record is not shown.
    """
    match = request.resolver_match
    page = f"{request.method} {match.route}" if match else ""
    try:
        actions.record_access(look, by=actor_of(request), consultation=consultation, codes=codes, page=page)
    except NotAllowed as error:
        raise _refusal_on_record(request, error) from error


def record_many(request: HttpRequest, look: Look, requests: Sequence[UUID]) -> None:
    """Write down the same look at each of several requests. Raises as `record` does."""
    try:
        actions.record_looks(look, requests, by=actor_of(request))
    except NotAllowed as error:
        raise _refusal_on_record(request, error) from error


def _refusal_on_record(request: HttpRequest, error: NotAllowed) -> PermissionDenied:
    """Note that the verb has written the refusal down, so that the page of the refusal does not again."""
    staff_context(request).refused = True
    return PermissionDenied(str(error))


def refuse(request: HttpRequest, consultation: ConsultationRequest | None = None) -> Never:
    """Write down that this person was refused, and refuse."""
    record(request, Look.DENIED, consultation)
    raise PermissionDenied


def record_refusal(request: HttpRequest) -> None:
    """Write down a refusal that came from Django's own pages; ours are on record when they are raised."""
    if staff_context(request).refused:
        return
    with suppress(PermissionDenied):
        record(request, Look.DENIED)
