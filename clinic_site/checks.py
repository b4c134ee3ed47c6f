"""Our own invariants as system checks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from clinic_site import catalogue, env


@register(Tags.security, deploy=True)
def production_needs_https(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """clinic.E001: patients' answers travel over https alone, except on this machine."""
    if settings.HTTPS or settings.IS_LOCAL:
        return []
    return [
        Error("SITE_URL must start with https://.", hint="Only localhost may use http.", id="clinic.E001")
    ]


@register(Tags.security, deploy=True)
def preloading_needs_subdomains(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """clinic.E005: browsers' lists take no host whose header leaves the hosts below it out."""
    if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS or not settings.SECURE_HSTS_PRELOAD:
        return []
    hint = "Set HSTS_INCLUDE_SUBDOMAINS=1 too, or remove HSTS_PRELOAD."
    return [Error("HSTS_PRELOAD=1 is set without the hosts below.", hint=hint, id="clinic.E005")]


@register(Tags.security, deploy=True)
def demo_stays_off_the_web(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """clinic.E002: the demonstration opens the sign-off gates, so it must not serve real patients."""
    if not settings.DEMO or settings.IS_LOCAL:
        return []
    return [Error("DEMO=1 is set on a public host name.", hint="Remove DEMO.", id="clinic.E002")]


@register(Tags.security, deploy=True)
def older_keys_are_strong(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """clinic.W003: a weak older key must stay for what it sealed, so it stops nothing, but is told."""
    _newest, *older = settings.SEAL_KEYS.items()
    weak = [number for number, one in enumerate(older, start=2) if not env.is_strong(*one)]
    hint = (
        "Keep it, for documents are sealed with it. See “New keys” in docs/runbooks/keys-and-certificates.md."
    )
    told = "Key {} of SEAL_KEYS, counted from the newest, is not random or has an unusual id."
    return [Warning(told.format(number), hint=hint, id="clinic.W003") for number in weak]


@register(Tags.translation)
def spanish_is_compiled(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """clinic.E003: without its compiled catalogue the Spanish site would speak English, and say nothing."""
    missing = [path for path in catalogue.LOCALE.glob("*/LC_MESSAGES/*.po") if catalogue.is_missing(path)]
    hint = "Run: python -m clinic_site.catalogue"
    return [Error(f"{path} is not compiled.", hint=hint, id="clinic.E003") for path in missing]
