"""Private links: each message carries one of its own; they can be renewed, shortened and shut."""

from __future__ import annotations

import hmac
import time
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions._actor import Actor
from booking.actions._outbox import queue_notice
from booking.actions._transition import Move, begin
from booking.models import ConsultationRequest, Link, Message
from booking.models.link import LinkQuerySet
from booking.rules import reference as references
from booking.rules.contact_permission import may_email, may_open_online
from booking.rules.errors import BookingError, NotPossible
from booking.rules.notices import WITHOUT_LINK, Notice
from booking.rules.statuses import FINAL
from booking.rules.tokens import KEPT_AFTER, RENEWAL_PAUSE, RENEWALS_A_DAY, link_expires
from booking.rules.transitions import Verb

# Longer than finding and writing takes, so that the time of an answer tells nothing.
RENEWAL_TAKES: Final = 0.4


def renew_link(reference: str, email: str) -> None:
    """Mail a new link when a reference and its e-mail address belong together.

    Returns nothing, after the same time, whether they do or not: nobody learns that a request exists.
    """
    started = time.monotonic()
    found = _known(reference, email)
    if found:
        # Refused when asked too often: the links sent before still hold.
        with suppress(BookingError):
            send_link(found, by=Actor.patient())
    time.sleep(max(0.0, RENEWAL_TAKES - (time.monotonic() - started)))


@transaction.atomic
def send_link(
    consultation: ConsultationRequest, *, by: Actor, seen_version: int | None = None
) -> ConsultationRequest:
    """Mail a new link beside those that hold. Raises NotPossible without e-mail, or when it was just done."""
    move = begin(consultation, Verb.RENEW_LINK, by=by, seen_version=seen_version)
    person = move.request.person
    if not (may_email(person) and may_open_online(person)):
        raise NotPossible(_("This person wants no link by email. Call instead."))
    if move.request.status in FINAL and move.request.status_changed_at + KEPT_AFTER < timezone.now():
        raise NotPossible(_("This request ended too long ago for a link. Call instead."))
    _check_pause(move.request)
    return move.finish()


@transaction.atomic
def revoke_links(
    consultation: ConsultationRequest, *, by: Actor, seen_version: int | None = None
) -> ConsultationRequest:
    """Shut every link of a request at once. Raises NotPossible when none is open."""
    move = begin(consultation, Verb.REVOKE_LINKS, by=by, seen_version=seen_version)
    shut = revoke(move.request.links.all())
    if not shut:
        raise NotPossible(_("No link is open: there is nothing to shut."))
    return move.finish({"links": shut})


def token_for(message: Message) -> str:
    """Return the token that a message carries, the same at each try; "" for one that carries none."""
    consultation = message.request
    if message.notice in WITHOUT_LINK or not may_open_online(consultation.person):
        return ""
    with transaction.atomic():
        # Locked, so that two senders of one message never make two tokens.
        Message.objects.select_for_update().get(pk=message.pk)
        link = Link.objects.filter(message=message).first()
        if link:
            return link.waiting_token
        visit_ends = consultation.visit.ends_at if consultation.visit else None
        expires = _expires(consultation, visit_ends)
        link, token = Link.begin(request=consultation, message=message, expires_at=expires)
        link.save(force_insert=True)
        return token


def forget_token(message: Message) -> None:
    """Wipe the copy of a token whose message is sent or given up: from now on only the hash is here."""
    Link.objects.filter(message=message).update(sealed_token=b"")


def follow_address(move: Move, *, keep: Link | None = None) -> None:
    """Shut the links that went to an old address, but for the one in use, and mail one to the new."""
    consultation, person = move.request, move.request.person
    revoke(consultation.links.exclude(pk=keep.pk) if keep else consultation.links.all())
    if may_email(person) and may_open_online(person):
        queue_notice(consultation, move.event, Notice.NEW_LINK)


def shorten_links(consultation: ConsultationRequest) -> None:
    """Let the links of a request that ends open it two weeks more, to read how it ended."""
    until = timezone.now() + KEPT_AFTER
    consultation.links.alive().filter(expires_at__gt=until).update(expires_at=until)


def revoke(links: LinkQuerySet) -> int:
    """Shut these links for good; return how many were open."""
    return links.alive().update(revoked_at=Now(), sealed_token=b"")


def _known(reference: str, email: str) -> ConsultationRequest | None:
    parsed = references.parse(reference)
    found = ConsultationRequest.objects.filter(reference=parsed or "").first()
    known = found.person.email if found else ""
    same = hmac.compare_digest(known.casefold().encode(), email.strip().casefold().encode())
    return found if same and known else None


def _check_pause(consultation: ConsultationRequest) -> None:
    now = timezone.now()
    sent = consultation.messages.filter(notice=Notice.NEW_LINK, created_at__gt=now - timedelta(days=1))
    times = list(sent.order_by("-created_at").values_list("created_at", flat=True)[:RENEWALS_A_DAY])
    if len(times) >= RENEWALS_A_DAY or (times and times[0] > now - RENEWAL_PAUSE):
        raise NotPossible(_("A new link was sent a short while ago. Wait for it, or call."))


def _expires(consultation: ConsultationRequest, visit_ends: datetime | None) -> datetime:
    now = timezone.now()
    return now + KEPT_AFTER if consultation.status in FINAL else link_expires(now, visit_ends)
