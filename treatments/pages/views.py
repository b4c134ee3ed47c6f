"""The public pages. They hold nothing about the visitor, so that every cache may keep them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from treatments.models import Page
from treatments.models.pages import Kind
from treatments.pages.encodings import preferred
from treatments.pages.page_cache import Rendered, kept

# Browsers ask each time, so that a correction is seen at once; the answer is mostly 304.
CACHING = "public, max-age=0, must-revalidate"


@require_safe
def page(request: HttpRequest, key: str, kind: Kind | None = None) -> HttpResponseBase:
    """Show a published page by its key; a draft, or a page of another kind, is not found."""
    try:
        rendered = kept.page(key, get_language() or "en")
    except Page.DoesNotExist:
        raise Http404 from None
    if kind and rendered.kind != kind:
        raise Http404
    return _answer(request, rendered)


def condition(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show the page of a condition."""
    return page(request, key=slug, kind=Kind.CONDITION)


def _answer(request: HttpRequest, rendered: Rendered) -> HttpResponseBase:
    coding = preferred(request.headers.get("Accept-Encoding", ""))
    tag = rendered.tag(coding)
    headers = {"ETag": tag, "Vary": "Accept-Encoding", "Cache-Control": CACHING}
    if coding:
        headers["Content-Encoding"] = coding
    response = HttpResponse(rendered.body(coding), headers=headers)
    return get_conditional_response(request, etag=tag, response=response) or response
