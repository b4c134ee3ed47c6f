"""Every address that a patient can open. The suite, the audit and the bench all ask here.

Needs Django's settings, and no database.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from treatments.shipped.content_files import CONTENT
from treatments.text.links import page_url

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
# The pages of the treatments app: one file each.
KEYS = tuple(sorted(path.stem for path in Path(CONTENT / "en" / "pages").glob("*.md")))
CONDITIONS = ("migraine", "tension-headache", "back-pain", "tmj")
# What can be opened without answers; the steps in between come with a draft (deploy.audit.pages.first_steps).
REQUEST = ("intake:start", "intake:stop", "intake:same-day", "intake:under-18", "intake:sent", "intake:clear")
OTHER = ("treatments:search",)


def content(language: str = "en") -> list[str]:
    """Return the addresses of the pages made from content, home first."""
    with translation.override(language):
        return sorted(page_url(key) for key in KEYS)


def request(language: str = "en") -> list[str]:
    """Return the addresses of a request that need no draft."""
    with translation.override(language):
        return [reverse(name) for name in REQUEST]


def public(language: str = "en") -> list[str]:
    """Return all of them, and one that is not there."""
    with translation.override(language):
        others = [path for name in OTHER if (path := _reversed(name))]
        missing = "/not-there/" if language == "en" else f"/{language}/not-there/"
    return [*content(language), *request(language), *others, missing]


def everywhere() -> list[str]:
    """Return all of them in every language."""
    return [path for language in LANGUAGES for path in public(language)]


def most_read() -> list[str]:
    """Return the pages that must be perfect: home, the conditions, and where a request begins."""
    return [page_url("home"), *map(page_url, CONDITIONS), reverse("intake:start")]


def _reversed(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
