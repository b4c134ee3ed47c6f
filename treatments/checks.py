"""System checks of the public content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import Error

from treatments.gaps import clinic_gaps


@register(Tags.compatibility, deploy=True)
def clinic_is_complete(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """clinic.W001: the clinic's placeholders are filled in. Silent without a database to ask."""
    if settings.DEMO:
        return []
    try:
        gaps = clinic_gaps()
    except Error:
        return []
    return [Warning(gap, hint="Complete it in the admin, under Website.", id="clinic.W001") for gap in gaps]
