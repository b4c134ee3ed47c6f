"""unlock and lock: from a private link to an open page, and back. A GET may find a link; only a birth date
opens it.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from booking.models import ConsultationRequest, Link
from booking.rules.contact_permission import may_open_online
from booking.rules.errors import BookingError, LinkGone, LinkRests, WrongBirthDate
from booking.rules.tokens import OPEN_FOR, REST, TRIES, TRIES_EVER, tries_left

# A name for each form of the key: a release that reads another form refuses it in place of failing on it.
SIGNER: Final = signing.Signer(salt="booking.opened-link.2")


@dataclass(frozen=True)
class Opened:
    """A request that was just unlocked; `key` is what the browser keeps of it."""

    request: ConsultationRequest
    link: Link
    key: str


def find_link(token: str) -> Link | None:
    """Return the living link of a token, as read now, or None whatever is wrong with it. Changes nothing."""
    link = Link.objects.by_token(token).with_time().select_related("request").first()
    return link if link and _may_open(link) else None


def unlock(token: str, birth_date: date) -> Opened:
    """Open a request with the link's token and the birth date.

    Raises LinkGone for a token that opens nothing, LinkRests after five wrong dates, WrongBirthDate.
    """
    with transaction.atomic():
        link = Link.objects.by_token(token).with_time().select_for_update().first()
        error = _try(link, birth_date) if link else None
    if link is None:
        raise _gone()
    # Raised out here: the try must count.
    if error:
        raise error
    return Opened(link.request, link, opened_key(link))


def opened_key(link: Link) -> str:
    """Return what the browser keeps of an unlocked link for fifteen minutes: signed, and no secret."""
    return SIGNER.sign(f"{link.pk.hex}:{link.key_version}:{int(link.read_at.timestamp())}")


def opened_link(key: str) -> Link | None:
    """Return the link behind a browser's key, with its request, or None when it must be unlocked again."""
    known = _read(key)
    if known is None:
        return None
    pk, version, signed_at = known
    loaded = Link.objects.alive().with_time()
    loaded = loaded.select_related("request__visit__clinician", "request__earlier_wish")
    link = loaded.filter(pk=pk, key_version=version).first()
    if link is None or link.read_at.timestamp() - signed_at > OPEN_FOR.total_seconds():
        return None
    return link if _may_open(link) else None


def lock(key: str) -> None:
    """End a browser's key and every copy of it; whoever has the link unlocks it again.

    Also one whose time is over: a copy of it may have been used since.
    """
    if known := _read(key):
        pk, version, _signed_at = known
        Link.objects.filter(pk=pk, key_version=version).update(key_version=F("key_version") + 1)


def _read(key: str) -> tuple[str, int, int] | None:
    """Return a key's link, version and moment (seconds since 1970), or None when it is not one of ours."""
    try:
        pk, version, signed_at = SIGNER.unsign(key).split(":")
    except (signing.BadSignature, ValueError):
        return None
    return pk, int(version), int(signed_at)


def _try(link: Link, birth_date: date) -> BookingError | None:
    now = link.read_at
    if not _may_open(link):
        return _gone()
    if link.is_resting(now):
        return LinkRests(_rests(), until=link.rests_until)
    right = link.request.person.birth_date.encode()
    if hmac.compare_digest(birth_date.isoformat().encode(), right):
        link.wrong_tries, link.rests_until, link.last_used_at = 0, None, now
        link.save(update_fields=["wrong_tries", "rests_until", "last_used_at"])
        return None
    return _count_wrong(link, now)


def _count_wrong(link: Link, now: datetime) -> BookingError:
    link.wrong_tries += 1
    link.revoked_at = now if link.wrong_tries >= TRIES_EVER else None
    rests = link.wrong_tries % TRIES == 0
    link.rests_until = now + REST if rests else None
    link.save(update_fields=["wrong_tries", "revoked_at", "rests_until"])
    if link.revoked_at:
        return _gone()
    if rests:
        return LinkRests(_rests(), until=link.rests_until)
    return WrongBirthDate(
        _("That is not the birth date that we have. Check the month, the day and the year."),
        left=tries_left(link.wrong_tries),
    )


def _may_open(link: Link) -> bool:
    return may_open_online(link.request.person)


def _gone() -> LinkGone:
    return LinkGone(_("This link does not open a request any more. Ask for a new link, or call us."))


def _rests() -> str:
    return _("There were too many wrong birth dates. Try again in an hour, or call us.")
