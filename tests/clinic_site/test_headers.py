"""Every answer carries the security headers: pages, errors, static files, the admin."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

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
