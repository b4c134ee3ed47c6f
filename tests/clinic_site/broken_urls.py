"""The real addresses, and two whose views fail."""

from __future__ import annotations

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from clinic_site.urls import *  # noqa: F403
from clinic_site.urls import urlpatterns as real

SECRET = "Test Patient 99 password=hunter2"


def bug(request: HttpRequest) -> HttpResponse:
    raise ValueError(SECRET)


def database_down(request: HttpRequest) -> HttpResponse:
    raise OperationalError(SECRET)


urlpatterns = [
    path("broken/bug/", bug),
    path("broken/database/", database_down),
    path("es/broken/bug/", bug),
    path("es/broken/database/", database_down),
    *real,
]
