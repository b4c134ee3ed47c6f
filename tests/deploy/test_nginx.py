"""What would hurt if it were lost from nginx's configuration."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.urls import resolve
from django.utils import translation

from clinic_site.errors import page
from tests.deploy.compose_file import ROOT
from tests.ports import free_port
from treatments.timed_cache import FRESH_SECONDS

TEXT = re.sub(r"^\s*#.*$", "", (ROOT / "deploy/nginx/nginx.conf").read_text(), flags=re.MULTILINE)
TELLTALES = (
    "$request ",
    "$request_uri",
    "$args",
    "$query_string",
    "$is_args",
    "$arg_",
    "$http_",
    "$cookie_",
    "$remote_",
    "$uri",
    "$request_body",
)


def location(opening: str) -> str:
    """Return the inside of a location block of the server that patients reach."""
    served = TEXT[TEXT.index("listen 8443") :]
    found = re.search(rf"location {re.escape(opening)} \{{(.*?)\n        \}}", served, re.DOTALL)
    assert found, opening
    return found[1]


def _inside(opening: str) -> str:
    found = re.search(rf"location {re.escape(opening)} \{{(.*?)\}}", TEXT, re.DOTALL)
    return found[1] if found else ""


def test_access_lines_hold_no_query_no_referrer_and_no_address() -> None:
    formats = re.findall(r"log_format \w+ (.*?);", TEXT, re.DOTALL)
    assert len(formats) == 1
    assert not [part for part in TELLTALES if part in formats[0] + " "]
    assert set(re.findall(r"access_log (.*?);", TEXT)) == {"/dev/stdout line", "off"}


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("/faq/?name=canary", "/faq/"),
        ("/my-request/s3cret/?x=1", "/my-request/-"),
        ("/es/my-request/s3cret/", "/es/my-request/-"),
        ("/my-request/", "/my-request/"),
        ("/calendar/s3cret.ics?x=1", "/calendar/-"),
        ("/admin/account/welcome/s3cret/", "/admin/account/welcome/-"),
    ],
)
def test_the_logged_path_drops_queries_and_private_links(asked: str, kept: str) -> None:
    rules = re.search(r"map \$request_uri \$path_asked \{(.*?)\}", TEXT, re.DOTALL)
    assert rules
    for pattern, result in re.findall(r'"~(.*?)" "?(.*?)"?;', rules[1]):
        found = re.search(pattern.replace("(?<", "(?P<"), asked)
        if found:
            for name, value in found.groupdict(default="").items():
                result = result.replace(f"${name}", value)
            assert result == kept
            return
    pytest.fail("no rule fits")


def test_the_error_log_is_too_quiet_to_repeat_requests() -> None:
    assert re.findall(r"error_log .*?(\w+);", TEXT) == ["crit"]


@pytest.mark.parametrize(
    "name",
    [
        "client_header_timeout",
        "client_body_timeout",
        "send_timeout",
        "keepalive_timeout",
        "proxy_connect_timeout",
        "proxy_send_timeout",
        "proxy_read_timeout",
    ],
)
def test_everything_has_a_time_limit(name: str) -> None:
    seconds = re.findall(rf"\b{name} (\d+)s;", TEXT)
    assert len(seconds) == 1 and 0 < int(seconds[0]) <= 35


def test_whole_requests_are_read_before_the_application_is_bothered() -> None:
    assert "proxy_request_buffering on;" in TEXT and "proxy_buffering on;" in TEXT


def test_bodies_are_small_and_smaller_for_requests_of_patients() -> None:
    assert "client_max_body_size 1m;" in TEXT
    assert "client_max_body_size 128k;" in location("~ ^(/es)?/consultation(/|$)")


def test_a_visitor_cannot_claim_an_address_or_a_scheme() -> None:
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in TEXT
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in TEXT
    assert "$proxy_add_x_forwarded_for" not in TEXT
    # A location with its own proxy_set_header would lose all of these.
    assert "proxy_set_header" not in TEXT[TEXT.index("server {") :]


def test_private_pages_are_never_kept() -> None:
    for opening in (
        "~ ^(/es)?/consultation(/|$)",
        "~ ^(/es)?/(my-request|admin|calendar)(/|$)",
        "~ ^(/es)?/search(/|$)",
    ):
        assert "proxy_cache" not in location(opening) and "gzip" not in location(opening)
    keeping = location("/")
    assert "proxy_no_cache $keep_out $varies $is_args;" in keeping
    assert "proxy_cache_bypass $is_args;" in keeping
    kept_out = re.search(r"map \$upstream_http_cache_control \$keep_out \{(.*?)\}", TEXT, re.DOTALL)
    assert kept_out and '"~*no-store|private" 1;' in kept_out[1]
    # Ignored, an answer that sets a cookie would be given to the next visitor.
    assert "Set-Cookie" not in TEXT


def test_content_pages_outlive_the_application() -> None:
    stale = re.search(r"proxy_cache_use_stale (.*?);", location("/"))
    assert stale
    assert {"error", "timeout", "http_500", "http_502", "http_503", "http_504"} <= set(stale[1].split())


def test_a_copy_fits_the_browser_that_gets_it() -> None:
    assert re.findall(r"proxy_cache_key (.*?);", TEXT) == ['"$encoding $scheme://$host$request_uri"']
    varies = re.search(r"map \$upstream_http_vary \$varies \{(.*?)\}", TEXT, re.DOTALL)
    assert varies and "default 1;" in varies[1]
    fits = re.search(r'"~\*(.*?)" 0;', varies[1])
    assert fits and re.search(fits[1], "Accept-Encoding", re.IGNORECASE)
    assert not re.search(fits[1], "Accept-Encoding, Cookie", re.IGNORECASE)


def test_an_edit_is_public_within_ten_seconds() -> None:
    kept = re.search(r"proxy_cache_valid 200 (\d+)s;", location("/"))
    assert kept and int(kept[1]) + FRESH_SECONDS < 10


def test_an_answer_that_repeats_what_was_typed_is_not_compressed() -> None:
    compressed = [
        opening for opening in re.findall(r"location (.*?) \{", TEXT) if "gzip on" in _inside(opening)
    ]
    assert compressed == ["/static/"]


def test_readiness_is_not_told_outside() -> None:
    assert "return 404;" in location("/health/")


def test_nginx_says_no_version() -> None:
    assert "server_tokens off;" in TEXT


def test_it_says_nothing_about_https_for_other_hosts() -> None:
    # What nginx itself says would take the place of what the settings chose.
    assert "Strict-Transport-Security" not in TEXT


PAGES = ROOT / "deploy/nginx/pages"


DEAD = "http://127.0.0.1:9"  # the discard port: nobody answers
# Where something is sent, and which of nginx's own pages answers while the application does not.
SENT_TO = {
    "/consultation/check/": "unsure",
    "/es/consultation/": "unsure",
    "/consultation/check/?return=check": "unsure",
    "/my-request/write/": "unsure-my-request",
    "/es/my-request/": "unsure-my-request",
    "/admin/booking/consultationrequest/": "unsure-staff",
    "/am-i-a-candidate/": "unavailable",
    "/es/am-i-a-candidate/": "unavailable",
}


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real nginx with our configuration, without TLS, before an application that is down."""
    binary = shutil.which("nginx")
    if not binary:
        pytest.skip("nginx is not installed: its configuration was read, but not tried")
    place, port = tmp_path_factory.mktemp("nginx"), free_port()
    (place / "nginx.conf").write_text(_runs_in(place, port))
    command = [
        binary,
        "-e",
        "stderr",
        "-p",
        str(place),
        "-c",
        "nginx.conf",
        "-g",
        "daemon off; master_process off;",
    ]
    with subprocess.Popen(command) as process:
        try:
            _wait_for(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _runs_in(place: Path, port: int) -> str:
    """Return the configuration with paths, ports and names of this machine in place of the image's."""
    text = re.sub(r"^ *ssl_.*?;\n", "", TEXT, flags=re.MULTILINE)
    for ours, here in {
        "/tmp/": f"{place}/",  # noqa: S108 (the image's); first, for this machine's may lie there too
        "listen 8443 ssl http2": f"listen 127.0.0.1:{port}",
        "listen 8080": f"listen unix:{place}/plain.sock",
        "http://web:8000": DEAD,
        "root /etc/nginx/pages": f"root {PAGES}",
        "/var/cache/nginx": str(place),
        "access_log /dev/stdout line": "access_log off",
    }.items():
        assert ours in text, ours
        text = text.replace(ours, here)
    return text


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _try in range(200):
        assert process.poll() is None, "nginx refuses the configuration"
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    pytest.fail("nginx does not listen")


def _ask(url: str, body: bytes | None = None) -> tuple[int, str, str]:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(url, body, timeout=20)  # noqa: S310 (our own server)
    answer = refused.value
    return answer.code, answer.headers["Retry-After"], answer.read().decode()


@pytest.mark.parametrize(("path", "name"), SENT_TO.items())
def test_what_was_sent_gets_a_page_that_fits_where_it_went(proxy: str, path: str, name: str) -> None:
    assert _ask(proxy + path, b"a=1") == (503, "30", (PAGES / f"{name}.html").read_text())


@pytest.mark.parametrize("path", [*SENT_TO, "/", "/faq/"])
def test_whoever_only_looked_is_told_to_load_the_page_again(proxy: str, path: str) -> None:
    assert _ask(proxy + path) == (503, "30", (PAGES / "unavailable.html").read_text())


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/consultation/", "unsure"),
        ("/es/consultation/", "unsure"),
        ("/my-request/", "unsure-my-request"),
        ("/es/my-request/", "unsure-my-request"),
        ("/admin/", "unsure-staff"),
    ],
)
def test_nginx_and_the_application_tell_the_same(rf: RequestFactory, path: str, name: str) -> None:
    asked = rf.post(path)
    with translation.override("es" if path.startswith("/es/") else "en"):
        asked.resolver_match = resolve(path)
    told = re.search(r"<h1.*?>(.*?)</h1>.*?<p.*?>(.*?)</p>", page(asked, 503).text, re.DOTALL)
    assert told
    text = (PAGES / f"{name}.html").read_text()
    assert told[1].strip() in text and told[2].strip() in text


def test_each_page_of_its_own_is_there_and_is_asked_for_inside_alone() -> None:
    names = re.search(r"location ~ \^/\((.*?)\)\\.html\$ \{\s*internal;", TEXT)
    assert names
    assert set(names[1].split("|")) == {file.stem for file in PAGES.iterdir()}
