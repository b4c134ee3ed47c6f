"""The card of a page: the picture for links that people share, at an address made from what it shows."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from treatments.cards import drawing
from treatments.clinic import clinic_facts
from treatments.links import absolute
from treatments.models import Page

# Counts up when the drawing changes: old addresses are kept for a year by those who fetched them.
DESIGN = 1
FOREVER = "public, max-age=31536000, immutable"


def address(key: str, title: str, language: str) -> str:
    """Return the full address of a page's card."""
    return absolute(reverse("card", args=[language, key, _digest(title, _name())]))


@require_safe
def card(request: HttpRequest, language: str, key: str, digest: str) -> HttpResponse:
    """Send the card of a published page; an address from before an edit leads to the card of today."""
    page = Page.objects.published().filter(key=key).first()
    if not page:
        raise Http404
    with translation.override(language):
        title, name = page.title, _name()
    if digest != _digest(title, name):
        return HttpResponseRedirect(address(key, title, language))
    return HttpResponse(_drawn(title, name), content_type="image/png", headers={"Cache-Control": FOREVER})


def _name() -> str:
    facts = clinic_facts()
    return facts.name if facts else ""


def _digest(title: str, name: str) -> str:
    return hashlib.sha256(f"{DESIGN}\n{name}\n{title}".encode()).hexdigest()[:16]


# Some 30 KB each; every page of both languages fits.
@lru_cache(maxsize=100)
def _drawn(title: str, name: str) -> bytes:
    return drawing.draw(title, name)
