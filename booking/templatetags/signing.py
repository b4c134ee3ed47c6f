"""Which critical Spanish may be shown, and the way from a page to its twin in the other language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.db import Error
from django.urls import translate_url
from django.utils.translation import get_language

from booking.form_gates import CRITICAL_SPANISH
from treatments.editorial import signoff

register = template.Library()


@dataclass(frozen=True)
class Twin:
    """The same page in the other language: its code, its name in itself, its address."""

    code: str
    name: str
    address: str


@register.simple_tag
def spanish_awaits() -> bool:
    """True in a demonstration alone: elsewhere the Spanish form stays closed until then."""
    return settings.DEMO and get_language() == "es" and not _is_signed(when_unknown=True)


@register.simple_tag(takes_context=True)
def other_language(context: dict[str, Any]) -> Twin | None:
    """Return the page's twin; outside a demonstration none in Spanish that awaits its sign-off.

    `home` is the address of a page that is shown at others too, in answer to what was sent there.
    """
    here = context.get("home") or context["request"].get_full_path()
    if get_language() == "es":
        return Twin("en", "English", translate_url(here, "en"))
    # The page that says that the database does not answer must not wait for it once more.
    is_away = context.get("not_received") in ("AWAY", "UNSURE")
    if settings.DEMO or (not is_away and _is_signed(when_unknown=False)):
        return Twin("es", "Español", translate_url(here, "es"))
    return None


def _is_signed(*, when_unknown: bool) -> bool:
    try:
        return signoff.stands(CRITICAL_SPANISH)
    except Error:
        # While the database is down the page has more important things to say.
        return when_unknown
