"""The public pages. They hold nothing about the visitor, so that every cache may keep them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from treatments import pages
from treatments.models import Page
from treatments.models.pages import Kind


@require_safe
@conditional_page
@cache_control(public=True, max_age=0, must_revalidate=True)
def page(request: HttpRequest, key: str, kind: Kind | None = None) -> HttpResponse:
    """Show a published page by its key; a draft, or a page of another kind, is not found."""
    try:
        template, context = pages.published(key)
    except Page.DoesNotExist:
        raise Http404 from None
    if kind and context["page"].kind != kind:
        raise Http404
    return render(request, template, context)


def condition(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the page of a condition."""
    return page(request, key=slug, kind=Kind.CONDITION)
