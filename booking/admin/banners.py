"""What every page of the workspace says on top while something stands still or is shut to patients."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking.delivery.worker_health import read_worker_health
from treatments.gates import missing_now

# How long a process keeps what it read of the worker.
KEPT_SECONDS: Final = 10.0

# More reasons than these stand where the link leads: a new clinic has five.
MOST_WHYS: Final = 2

_kept: tuple[float, tuple[str, ...]] | None = None


@dataclass(frozen=True)
class Banner:
    """One sentence, and where to do something about it ("" for those who cannot)."""

    words: str
    url: str = ""
    link: str = ""


def banners(http: HttpRequest) -> list[Banner]:
    """Return what to say to a signed-in member of staff; at most two small queries, most often none."""
    return [*_shut(http), *(Banner(words) for words in _worker_problems())]


def _shut(http: HttpRequest) -> Iterator[Banner]:
    missing = [one for one in missing_now() if one.is_news]
    may_sign = http.user.has_perm("treatments.add_signoff")
    way = (reverse("admin:treatments_signoff_add"), _("Read and sign")) if may_sign else ("", "")
    forms = [one for one in missing if one.gate.is_form]
    if len(forms) > MOST_WHYS:
        parts = ", ".join(dict.fromkeys(str(one.gate.label) for one in forms))
        yield Banner(_("Shut until they are signed: %(parts)s.") % {"parts": parts}, *way)
    else:
        yield from (Banner(str(one), *way) for one in forms)
    if pages := sum(not one.gate.is_form for one in missing):
        words = ngettext(
            "%(n)d page, or its Spanish, is shut until it is signed again.",
            "%(n)d pages, or their Spanish, are shut until they are signed again.",
            pages,
        )
        yield Banner(words % {"n": pages}, *way)


def _worker_problems() -> tuple[str, ...]:
    global _kept
    now = time.monotonic()
    if not _kept or now - _kept[0] > KEPT_SECONDS:
        _kept = (now, read_worker_health().problems)
    return _kept[1]


def forget() -> None:
    """Read the worker's state again at the next page: between tests."""
    global _kept
    _kept = None
