"""The finished pages of this process: rendered once a version, compressed once, sent to everybody.

A page is made without the request, so nothing of a visitor is in it: no cookie, no token, nothing typed.
That is why it may be compressed where a form may not: BREACH needs a secret and the attacker's words in one
body, and here is neither.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import Error
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from treatments.clinic.clinic import clinic_facts
from treatments.models import Page
from treatments.models.version import Stamps, content_version
from treatments.pages import menu, page_templates
from treatments.pages.encodings import COMPRESS
from treatments.text.links import page_url
from treatments.timed_cache import TimedCache

logger = logging.getLogger(__name__)

# The site has some fifty pages in two languages, of some 80 KB each with their compressed forms.
MAX_PAGES = 200
# How long after a failed query the database is left alone.
REST_SECONDS = 4.0

Name = tuple[str, str]


@dataclass(frozen=True)
class Rendered:
    """One page in one language, as it is sent."""

    kind: str
    html: bytes
    _bodies: dict[str, bytes] = field(default_factory=dict)

    def body(self, coding: str) -> bytes:
        """Return the bytes in a coding of treatments.pages.encodings, or plain for ""."""
        if not coding:
            return self.html
        if coding not in self._bodies:
            self._bodies[coding] = COMPRESS[coding](self.html)
        return self._bodies[coding]

    def tag(self, coding: str) -> str:
        """Return the ETag. Each coding has its own, as strong validators must (RFC 9110, section 8.8.1)."""
        return f'"{self._digest}-{coding}"' if coding else f'"{self._digest}"'

    @cached_property
    def _digest(self) -> str:
        return hashlib.sha256(self.html).hexdigest()[:32]


class Kept:
    """Pages by key and language, each with what it was made from; at most so many, the oldest goes first."""

    def __init__(self, version: TimedCache[Stamps] = content_version, most: int = MAX_PAGES) -> None:
        self.version, self._most = version, most
        self._shelf: OrderedDict[Name, tuple[Any, Rendered]] = OrderedDict()
        self._lock = threading.Lock()
        self._rest_until = float("-inf")

    def page(self, key: str, language: str) -> Rendered:
        """Return a published page; the last good one while the database does not answer.

        The caller has activated the language. Raises Page.DoesNotExist for a draft or an unknown key, and
        django.db.Error when the database is down and the page was never rendered here.
        """
        made_from, last = self._shelf.get((key, language), (None, None))
        if last and self.version.clock() < self._rest_until:
            return last
        try:
            stamp = self._stamp()
            return last if last and made_from == stamp else self._make((key, language), stamp)
        except Error as error:
            if last is None:
                raise
            self._rest_until = self.version.clock() + REST_SECONDS
            logger.warning("Database down (%s): pages are served as last rendered", type(error).__name__)
            return last

    def forget(self) -> None:
        """Drop everything: between tests."""
        with self._lock:
            self._shelf.clear()
        self.version.forget()
        self._rest_until = float("-inf")

    def _stamp(self) -> tuple[Stamps, Any, dt.date]:
        facts = clinic_facts()
        # A review falls due at midnight in the clinic, without any edit.
        zone = ZoneInfo(facts.time_zone) if facts else None
        return self.version.get(), facts, timezone.localdate(timezone=zone)

    def _make(self, name: Name, stamp: Any) -> Rendered:
        try:
            rendered = render(name[0])
        except Page.DoesNotExist:
            with self._lock:
                self._shelf.pop(name, None)
            raise
        with self._lock:
            self._shelf[name] = (stamp, rendered)
            self._shelf.move_to_end(name)
            while len(self._shelf) > self._most:
                self._shelf.popitem(last=False)
        return rendered


def render(key: str) -> Rendered:
    """Render a published page in the active language. Raises Page.DoesNotExist, django.db.Error."""
    template, context = page_templates.published(key)
    nobody = HttpRequest()
    nobody.path = nobody.path_info = page_url(key)
    # Not the menu that is kept for seconds: it would stay in the finished page until the next edit.
    everyone = {"clinic": clinic_facts(), "menu": menu.read(), "demo": settings.DEMO, "request": nobody}
    html = render_to_string(template, {**everyone, **context})
    return Rendered(context["page"].kind, html.encode())


kept = Kept()
