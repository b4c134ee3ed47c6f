"""What every page of the workspace says on top while something stands still or is shut to patients."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking.delivery.worker_health import read_worker_health
from treatments.editorial.gates import missing_now
from treatments.timed_cache import TimedCache

# How long a process keeps what it read of the worker.
KEPT_SECONDS: Final = 10.0

# More reasons than these stand where the link leads: a new clinic has five.
MAX_REASONS: Final = 2


@dataclass(frozen=True)
class Banner:
    """One sentence, and where to do something about it ("" for those who cannot)."""

    words: str
    url: str = ""
    link: str = ""


def banners(request: HttpRequest) -> list[Banner]:
    """Return what to say to a signed-in member of staff; at most two small queries, most often none."""
    return [*_shut(request), *(Banner(words) for words in worker_problems.get())]


def _shut(request: HttpRequest) -> Iterator[Banner]:
    missing = [one for one in missing_now() if one.is_news]
    may_sign = request.user.has_perm("treatments.add_signoff")
    way = (reverse("admin:treatments_signoff_add"), _("Read and sign")) if may_sign else ("", "")
    forms = [one for one in missing if one.gate.is_form]
    if len(forms) > MAX_REASONS:
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


def _read_worker_problems() -> tuple[str, ...]:
    return read_worker_health().problems


worker_problems = TimedCache(_read_worker_problems, KEPT_SECONDS)
