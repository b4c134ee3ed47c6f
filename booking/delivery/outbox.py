"""Sending what is due in the outbox: claim, send, mark.

A claim is a lease, committed before anything is sent, so two senders never hold one message. A sender
that dies leaves its message due again when the lease ends: every message goes out at least once, and one
whose sender died between sending and marking goes out twice, with the same Message-ID.

When something is due, and how long a lease holds, the database's clock alone says.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.core.mail import EmailMultiAlternatives
from django.db import Error as DatabaseError
from django.db import transaction
from django.db.models.functions import Now

from booking.actions.links import forget_token
from booking.actions.outdated_notices import drop_outdated
from booking.delivery.failures import CannotBeSent, Failure, classify, code_of
from booking.delivery.messages import as_email
from booking.models import Message
from booking.models.key_check import KeysNotProved, forget_proof, require_proof
from booking.models.message import Delivery
from booking.models.sealed import SealBroken

# Longer than a slow mail server can hold one message up (EMAIL_TIMEOUT for each of some ten answers).
LEASE: Final = timedelta(minutes=5)
FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=6)
# With the waits above: tries for about a day.
MAX_TRIES: Final = 12

logger = logging.getLogger(__name__)


def deliver_due(stop: Callable[[], bool] = lambda: False) -> int:
    """Send every message that is due, one by one, and return how many went out.

    Ends early when `stop` says so, or when the mail server is away: the rest stays due for the next run.
    Raises KeysNotProved, and claims nothing then.
    """
    # With other keys every message would look broken, and fail for good.
    require_proof()
    sent = 0
    while not stop() and (message := _claim()):
        failure = _send(message)
        _mark(message, failure)
        sent += failure is None
        if failure and failure.server_away:
            break
    return sent


def wait_after(tries: int) -> timedelta:
    """Return the wait after so many tries: 1, 2, 4 ... minutes, at most 6 hours, less up to a fifth."""
    wait: timedelta = min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)
    return wait * random.uniform(0.8, 1)  # noqa: S311 (spreads the load, guards nothing)


def _claim() -> Message | None:
    with transaction.atomic(durable=True):
        message = Message.objects.due().select_for_update(skip_locked=True).order_by("next_try_at").first()
        if message is None:
            return None
        message.state = Delivery.IN_FLIGHT
        message.attempts += 1
        message.next_try_at = Now() + LEASE
        message.save(update_fields=["state", "attempts", "next_try_at"])
    return message


def _send(message: Message) -> Failure | None:
    if message.attempts > MAX_TRIES:
        # The last sender's lease ran out: it died each time, or on the last try.
        return Failure("sender-lost", permanent=True)
    try:
        _render(message).send()
    except Exception as error:  # whatever it is, the row must say so and the next one must have its turn
        return classify(error)
    return None


def _render(message: Message) -> EmailMultiAlternatives:
    try:
        return as_email(message)
    except SealBroken:
        # It is the row that is broken, for good, as long as the keys are this database's.
        forget_proof()
        require_proof()
        raise
    except (CannotBeSent, KeysNotProved, DatabaseError, OSError):
        raise
    except Exception as error:
        # Made from rows that do not change meanwhile: it would fail the same way each time, for a day.
        # Not chained: the cause may hold what was opened.
        raise CannotBeSent(code_of(error)) from None


def _mark(message: Message, failure: Failure | None) -> None:
    if failure is None:
        # Also when the lease ran out meanwhile: it did go out.
        rows = Message.objects.filter(pk=message.pk).exclude(state=Delivery.SENT)
        with transaction.atomic():
            rows.update(state=Delivery.SENT, sent_at=Now(), error="")
            forget_token(message)
        return
    given_up = failure.permanent or message.attempts >= MAX_TRIES
    # The number of tries tells whose lease it is: another sender may have taken the row over.
    mine = Message.objects.filter(pk=message.pk, attempts=message.attempts, state=Delivery.IN_FLIGHT)
    with_no_try_left = Delivery.DROPPED if failure.overtaken else Delivery.FAILED
    marked = mine.update(
        state=with_no_try_left if given_up else Delivery.RETRY,
        next_try_at=Now() + wait_after(message.attempts),
        error=failure.code,
    )
    if marked and given_up:
        forget_token(message)
        drop_outdated(Message.objects.filter(pk=message.pk))
    log = logger.error if given_up and not failure.overtaken else logger.warning
    log("message %s not sent (try %d): %s", message.pk, message.attempts, failure.code)
