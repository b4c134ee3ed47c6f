"""Cards over HTTP: drawn when first asked for, and kept by everybody for ever."""

from __future__ import annotations

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.views.decorators.http import require_safe

from treatments.models import Page
from treatments.pages import cards, page_templates
from treatments.pages.cards import drawing

FOREVER = "public, max-age=31536000, immutable"


@require_safe
def card(request: HttpRequest, language: str, key: str, digest: str) -> HttpResponse:
    """Send the card of a published page; an address from before an edit leads to the card of today."""
    try:
        with translation.override(language):
            title = page_templates.published(key)[1]["page"].title
    except Page.DoesNotExist:
        raise Http404 from None
    if digest != cards.digest(title):
        return HttpResponseRedirect(cards.address(key, title, language))
    return HttpResponse(
        _drawn(title, cards.clinic_name()), content_type="image/png", headers={"Cache-Control": FOREVER}
    )


# Some 20 KB each; every page of both languages fits.
@lru_cache(maxsize=100)
def _drawn(title: str, name: str) -> bytes:
    return drawing.draw(title, name)
