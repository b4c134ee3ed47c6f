"""Every answer carries the security headers: pages, errors, static files, the admin."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from clinic_site.checks import preloading_needs_subdomains

pytestmark = pytest.mark.django_db
CSP = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}
ADDRESSES = [
    "/",
    "/consultation/",
    "/no-such-page/",
    "/admin/account/sign-in/",
    "/health/live",
    "/static/css/site.css",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_headers(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert set(headers["Content-Security-Policy"].split("; ")) == CSP
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert "Access-Control-Allow-Origin" not in headers


PRINT_HSTS = """
import django; django.setup()
from django.conf import settings
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware
from django.test import RequestFactory
asked = RequestFactory().get("/health/live", secure=True, headers={"host": settings.SITE_HOST})
answer = SecurityMiddleware(lambda request: HttpResponse())(asked)
print(answer.headers.get("Strict-Transport-Security", "none"))
"""
YEAR = "max-age=31536000"


@pytest.mark.parametrize(
    ("site", "chosen", "header"),
    [
        ("https://clinic.example", {}, YEAR),
        ("https://clinic.example", {"HSTS_INCLUDE_SUBDOMAINS": "1"}, f"{YEAR}; includeSubDomains"),
        (
            "https://clinic.example",
            {"HSTS_INCLUDE_SUBDOMAINS": "1", "HSTS_PRELOAD": "1"},
            f"{YEAR}; includeSubDomains; preload",
        ),
        ("https://localhost", {}, "none"),
        ("http://clinic.example", {"HSTS_INCLUDE_SUBDOMAINS": "1"}, "none"),
    ],
)
def test_https_binds_the_own_host_and_more_only_when_asked_to(
    site: str, chosen: dict[str, str], header: str
) -> None:
    given = {**os.environ, "SITE_URL": site, **chosen}
    done = subprocess.run(
        [sys.executable, "-c", PRINT_HSTS], cwd=settings.BASE_DIR, env=given, capture_output=True, text=True
    )
    assert done.stdout.strip() == header, done.stderr[-500:]


def test_preloading_without_the_hosts_below_is_an_error(settings: Any) -> None:
    settings.SECURE_HSTS_PRELOAD = settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    assert preloading_needs_subdomains(None) == []
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = False
    assert [found.id for found in preloading_needs_subdomains(None)] == ["clinic.E005"]


@pytest.mark.parametrize(
    "address",
    [
        "/consultation/reason/",
        "/es/consultation/sent/",
        "/consultation/about/migraine/",
        "/my-request/",
        "/es/my-request/x/",
        "/admin/account/sign-in/",
    ],
)
def test_private_pages_stay_out_of_caches_and_indexes(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("address", ["/consultation/", "/es/consultation/"])
def test_the_first_page_of_a_request_may_be_found_but_not_kept(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert headers["Cache-Control"] == "no-store"
    assert "X-Robots-Tag" not in headers


@pytest.mark.parametrize("address", ["/conditions/a%00b/", "/?q=%00", "/admin/?name=%00"])
def test_nul_bytes_are_refused(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_nul_byte_in_a_cookie_is_refused(client: Client) -> None:
    key = r'"aaaaaaaaaaaa\000"'
    answer = client.get(
        "/admin/account/sign-in/", headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={key}"}
    )
    assert answer.status_code == 400
