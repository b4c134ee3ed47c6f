"""System checks of the public content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import Error

from treatments.editorial.gates import WHERE_TO_SIGN, missing_signatures, sentences
from treatments.editorial.launch_checklist import clinic_gaps


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


@register(Tags.compatibility, deploy=True)
def nothing_waits_for_a_signature(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """clinic.W002: no part of the site is shut for want of a signature. Silent without a database to ask."""
    try:
        told = sentences(missing_signatures())
    except Error:
        return []
    return [Warning(words, hint=WHERE_TO_SIGN, id="clinic.W002") for words in told]
