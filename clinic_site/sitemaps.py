"""The sitemap: every public page in each language that it is written in."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from treatments.pages import published_list
from treatments.pages.published_list import Listed

REQUEST = "consultation"


class Pages(Sitemap):
    """The pages that treatments has published, and the first page of a request."""

    i18n = True
    alternates = True
    x_default = True
    limit = 1_000

    def items(self) -> list[Listed]:
        """Return the published pages; the request speaks Spanish when the home page does."""
        pages = published_list.listed()
        home = next((page for page in pages if page.key == "home"), None)
        return [*pages, Listed(REQUEST, home.languages, None)] if home else pages

    def get_languages_for_item(self, item: Listed) -> list[str]:
        """Return the languages that the page is written in."""
        return list(item.languages)

    def location(self, item: Listed) -> str:
        """Return the path in the active language."""
        return reverse("intake:start") if item.key == REQUEST else item.path

    def lastmod(self, item: Listed) -> dt.datetime | None:
        """Return when the page last changed."""
        return item.changed

    def get_protocol(self, protocol: str | None = None) -> str:
        """Return the scheme of SITE_URL, whatever the request came by."""
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        """Return the host of SITE_URL: a Host header is what a visitor claims."""
        return urlsplit(settings.SITE_URL).netloc
