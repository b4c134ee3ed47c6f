"""Our own invariants as system checks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def production_needs_https(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """clinic.E001: patients' answers travel over https alone, except on this machine."""
    if settings.HTTPS or settings.IS_LOCAL:
        return []
    return [
        Error("SITE_URL must start with https://.", hint="Only localhost may use http.", id="clinic.E001")
    ]


@register(Tags.security, deploy=True)
def demo_stays_off_the_web(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """clinic.E002: the demonstration opens the sign-off gates, so it must not serve real patients."""
    if not settings.DEMO or settings.IS_LOCAL:
        return []
    return [Error("DEMO=1 is set on a public host name.", hint="Remove DEMO.", id="clinic.E002")]
