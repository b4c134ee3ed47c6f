"""record_access, _looks, _export, _sheet: each look is on record before anything is shown, or no page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions._access import may_open, may_open_all
from booking.actions._actor import Actor
from booking.models import AccessLog, ConsultationRequest
from booking.models.access import Look, who_may_look
from booking.rules.errors import NotAllowed

ROWS_AT_ONCE = 1_000


def record_access(
    look: Look,
    *,
    by: Actor,
    consultation: ConsultationRequest | None = None,
    codes: dict[str, Any] | None = None,
    page: str = "",
) -> None:
    """Write down that a member of staff looks at a request, a list, figures, or the record itself.

    `codes` tell what exactly, by kinds, dates and numbers, never values. A refusal is written down too, with
    what was refused and at which `page` (the pattern of an address), then raised as NotAllowed. An error of
    the database passes through.
    """
    if by.user is None:
        raise NotAllowed(_("Only staff look at requests."))
    may_look = look != Look.DENIED and bool(by.roles & who_may_look(look))
    if may_look and (consultation is None or may_open(consultation, by)):
        AccessLog.objects.create(user=by.user, look=look, request=consultation, codes=codes or {})
        return
    refused = {} if look == Look.DENIED else {"look": look.value}
    refused |= {"page": page} if page else {}
    AccessLog.objects.create(user=by.user, look=Look.DENIED, request=consultation, codes=refused)
    raise NotAllowed(_("You may not see requests."))


def record_looks(look: Look, requests: Sequence[UUID], *, by: Actor) -> None:
    """Write down the same look at each of several requests, at once.

    Raises NotAllowed, which is on record, when one of them is beyond reach. An error of the database passes
    through.
    """
    if not by.roles & who_may_look(look) or not may_open_all(requests, by):
        record_access(Look.DENIED, by=by)
    AccessLog.objects.bulk_create(AccessLog(user=by.user, look=look, request_id=pk) for pk in requests)


def record_export(requests: Sequence[UUID], *, by: Actor, codes: dict[str, Any]) -> None:
    """Write down an export as one row, then one row for each request in it, before its first byte.

    Raises NotAllowed, which is on record like any refusal. An error of the database passes through.
    """
    record_access(Look.EXPORT, by=by, codes={**codes, "requests": len(requests)})
    at = timezone.now()
    with transaction.atomic():
        for start in range(0, len(requests), ROWS_AT_ONCE):
            AccessLog.objects.bulk_create(
                AccessLog(user=by.user, look=Look.EXPORTED, request_id=pk, at=at)
                for pk in requests[start : start + ROWS_AT_ONCE]
            )


def record_sheet(requests: Sequence[UUID], *, by: Actor, codes: dict[str, Any]) -> None:
    """Write down a sheet of the day that is to be printed, and each request on it, in one statement.

    Raises NotAllowed for whoever may not see one. An error of the database passes through.
    """
    if by.user is None or not by.roles & who_may_look(Look.SHEET):
        raise NotAllowed(_("You may not see requests."))
    at = timezone.now()
    rows = [AccessLog(user=by.user, look=Look.EXPORTED, request_id=pk, at=at) for pk in requests]
    AccessLog.objects.bulk_create([AccessLog(user=by.user, look=Look.SHEET, codes=codes, at=at), *rows])
