"""Counting how much comes from where, and the code that shows that an e-mail address is one's own."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from procrastinate.contrib.django import app

from booking.models import Draft, RateCount
from booking.models.sealed import keyed_hash
from booking.rules.abuse import (
    BIRTH_DATES_PER_ADDRESS,
    CODE_DIGITS,
    CODE_HOLDS,
    CODE_TRIES,
    CODES_PER_EMAIL,
    DRAFTS_PER_ADDRESS,
    LINKS_PER_ADDRESS,
    PER_ADDRESS,
    PER_EMAIL,
    Limit,
    Verdict,
)


@transaction.atomic
def weigh(draft: Draft, network: str, email: str) -> Verdict:
    """Count a draft that is about to be sent, once however often it is pressed, and judge it.

    `network` is the sender's address as intake.visitor gives it. A confirmed address is asked no more.
    """
    limits = [(PER_ADDRESS, network), *([(PER_EMAIL, email.casefold())] if email else [])]
    first = Draft.objects.filter(pk=draft.pk, counted_at=None).update(counted_at=timezone.now())
    counts = [RateCount.add(*pair) if first else RateCount.of(*pair) for pair in limits]
    verdict = _worst(limit.verdict(count) for (limit, _origin), count in zip(limits, counts, strict=True))
    return Verdict.GO if verdict == Verdict.ASK and draft.confirmed_at else verdict


def may_begin(network: str) -> bool:
    """Count one more draft from there; return whether it may be made."""
    return _count(DRAFTS_PER_ADDRESS, network)


def may_ask_for_link(network: str) -> bool:
    """Count one more new link asked for from there, known request or not; return whether it may be sent."""
    return _count(LINKS_PER_ADDRESS, network)


def may_try_birth_date(network: str) -> bool:
    """Count one more birth date tried from there, at whatever link; return whether it may be tried."""
    return _count(BIRTH_DATES_PER_ADDRESS, network)


def ask_for_code(draft: Draft, email: str) -> bool:
    """Have a code sent to the draft's address; return whether one more may be sent today."""
    if not _count(CODES_PER_EMAIL, email.casefold()):
        return False
    app.configure_task("booking.send_code").defer(draft_id=str(draft.pk))
    return True


def make_code(draft: Draft) -> str:
    """Return a new code for the draft; only its keyed hash is kept.

    The worker makes it and web asks for it: the database's clock says how long it holds.
    """
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    Draft.objects.filter(pk=draft.pk).update(
        code_hash=_hash(draft, code), code_until=Now() + CODE_HOLDS, code_tries=0
    )
    return code


def confirm(draft: Draft, code: str) -> bool:
    """Return whether the code is the one that was sent; the fifth wrong try uses it up."""
    waiting = Draft.objects.filter(
        pk=draft.pk, code_hash__isnull=False, code_until__gt=Now(), code_tries__lt=CODE_TRIES
    )
    # Counted before it is compared, so that parallel guesses count too.
    if not waiting.update(code_tries=F("code_tries") + 1):
        return False
    right = Draft.objects.filter(pk=draft.pk, code_hash=_hash(draft, code))
    return bool(right.update(confirmed_at=timezone.now(), code_hash=None))


def _count(limit: Limit, origin: str) -> bool:
    return limit.verdict(RateCount.add(limit, origin)) == Verdict.GO


def _hash(draft: Draft, code: str) -> int:
    return keyed_hash("code", f"{draft.pk}:{code}")


def _worst(verdicts: Iterable[Verdict]) -> Verdict:
    order = list(Verdict)
    return max(verdicts, key=order.index)
