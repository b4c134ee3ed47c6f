"""{% spanish_awaits as awaits %}: whether the reader sees critical Spanish that no translator has signed."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.db import Error
from django.utils.translation import get_language

from booking.signing import CRITICAL_SPANISH
from treatments import signoff

register = template.Library()


@register.simple_tag
def spanish_awaits() -> bool:
    """True in a demonstration alone: elsewhere the Spanish form stays closed until then."""
    if not settings.DEMO or get_language() != "es":
        return False
    try:
        return not signoff.stands(CRITICAL_SPANISH)
    except Error:
        # The page that says so while the database is down has more important things to say.
        return False
