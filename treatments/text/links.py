"""Links between pages, written as page:botox#safety, so that they follow the language and the addresses."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation


def page_url(target: str) -> str:
    """Return the address of `key` or `key#anchor` in the active language; an unknown key leads home."""
    key, mark, anchor = target.partition("#")
    # A page with an address of its own has it under its key; any other key is a condition's.
    for name, arguments in ((key, []), ("condition", [key]), ("home", [])):
        try:
            return f"{reverse(f'treatments:{name}', args=arguments)}{mark}{anchor}"
        except NoReverseMatch:
            continue
    raise NoReverseMatch(f"There is no home page to lead {target!r} to.")


def absolute(path: str) -> str:
    """Return the full address of a path. It never follows the Host header, which a visitor may choose."""
    return f"{settings.SITE_URL}{path}"


def page_urls(key: str) -> dict[str, str]:
    """Return the full address of a page in each language."""
    return in_each_language(lambda: page_url(key))


def in_each_language(path: Callable[[], str]) -> dict[str, str]:
    """Return the full address in each language of what `path` gives in the active one."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = absolute(path())
    return found
