"""The same addresses; condition pages are rendered for each request, and /hello/ says hello."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from clinic_site.urls import urlpatterns as real
from treatments.pages import page_templates


def fresh(request: HttpRequest, slug: str) -> HttpResponse:
    """Render a page from the database, every time."""
    return render(request, *page_templates.published(slug))


def hello(request: HttpRequest) -> HttpResponse:
    """Answer with nothing to do: what the server and the middleware cost alone."""
    return HttpResponse("hello")


urlpatterns = [path("conditions/<slug:slug>/", fresh), path("hello/", hello), *real]
