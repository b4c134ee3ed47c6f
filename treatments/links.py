"""Links between pages, written as page:botox#safety, so that they follow the language and the addresses."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

# Pages with an address of their own; any other key is a condition's.
NAMED = frozenset(
    {"home", "conditions", "botox", "faq", "contact", "privacy", "accessibility", "nondiscrimination"}
)


def page_url(target: str) -> str:
    """Return the address of `key` or `key#anchor` in the active language; an unknown key leads home."""
    key, mark, anchor = target.partition("#")
    try:
        url = reverse(f"treatments:{key}") if key in NAMED else reverse("treatments:condition", args=[key])
    except NoReverseMatch:
        url = reverse("treatments:home")
    return f"{url}{mark}{anchor}"
