"""robots.txt, security.txt, the web manifest and the icons."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from urllib.robotparser import RobotFileParser

import pytest
from django.contrib.staticfiles import finders
from django.urls import URLResolver, get_resolver, reverse
from django.utils import translation
from PIL import Image

from tests.treatments.factories import make_clinic
from treatments.models import Clinic

pytestmark = pytest.mark.django_db


def groups(text: str) -> dict[str, list[tuple[str, str]]]:
    """Return the rules of robots.txt by user agent; lines of agents in a row share the rules that follow."""
    found: dict[str, list[tuple[str, str]]] = {}
    agents: list[str] = []
    last = ""
    for line in text.splitlines():
        field, _colon, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        if field.lower() == "user-agent":
            agents = [*(agents if last == "user-agent" else []), value.lower()]
            found.setdefault(value.lower(), [])
        elif field.lower() in ("allow", "disallow") and value:
            for agent in agents:
                found[agent].append((field.lower(), value))
        last = field.lower() or last
    return found


def fits(rule: str, path: str) -> bool:
    pattern = re.escape(rule.removesuffix("$")).replace(r"\*", ".*")
    return re.match(pattern + ("$" if rule.endswith("$") else ""), path) is not None


def robots(client) -> str:
    return client.get("/robots.txt").content.decode()


def may_crawl(text: str, path: str, agent: str = "googlebot") -> bool:
    """As Google and RFC 9309 say: its own group or "*"; the longest rule wins, Allow before Disallow."""
    found = groups(text)
    rules = found.get(agent.lower(), found.get("*", []))
    fitting = [(len(rule), verb == "allow") for verb, rule in rules if fits(rule, path)]
    return max(fitting)[1] if fitting else True


def addresses_of(patterns: list, before: str = "/") -> Iterator[str]:
    """Yield an example of every address below some URL patterns."""
    for one in patterns:
        route = re.sub(r"\(\?P<\w+>[^)]*\)|<[^>]+>", "x1", str(one.pattern))
        address = before + route.removeprefix("^").removesuffix("$").replace("\\Z", "").replace("\\", "")
        if isinstance(one, URLResolver):
            yield from addresses_of(one.url_patterns, address)
        else:
            yield address


def private_addresses() -> set[str]:
    found = set()
    for language in ("en", "es"):
        with translation.override(language):
            found |= {*addresses_of(get_resolver().url_patterns)}
    private = re.compile(r"/admin/|/health/|(/es)?/(consultation/.|my-request/)")
    return {address for address in found if private.match(address)}


@pytest.mark.parametrize(
    "path", ["/", "/es/", "/conditions/migraine/", "/consultation/", "/es/consultation/"]
)
def test_crawlers_may_read_what_patients_look_for(client, path):
    assert may_crawl(robots(client), path)


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/account/sign-in/",
        "/health/ready",
        "/consultation/reason/",
        "/consultation/about/tmj/",
        "/es/consultation/sent/",
        "/my-request/abc/",
        "/es/my-request/",
    ],
)
def test_crawlers_leave_alone_what_is_private(client, path):
    assert not may_crawl(robots(client), path)


def test_no_private_address_of_any_view_is_left_open(client):
    private = private_addresses()
    assert len(private) > 100 and {"/my-request/", "/es/my-request/", "/health/ready"} <= private
    text = robots(client)
    assert sorted(address for address in private if may_crawl(text, address)) == []


@pytest.mark.parametrize("agent", ["Google-Calendar-Importer", "Googlebot", "Yahoo! Slurp"])
def test_calendar_programs_may_fetch_the_address_that_clinicians_are_given(client, agent):
    assert may_crawl(robots(client), reverse("clinician-feed", args=["Yk3-vT_0"]), agent)


def test_robots_txt_is_read_by_a_strict_reader_and_names_the_sitemap(client):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    reader = RobotFileParser()
    reader.parse(response.content.decode().splitlines())
    assert reader.site_maps() == ["http://localhost/sitemap.xml"]
    assert not reader.can_fetch("*", "/admin/")


def security(client) -> dict[str, str]:
    response = client.get("/.well-known/security.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    fields = dict(line.split(": ", 1) for line in lines)
    assert len(fields) == len(lines)
    return fields


def test_security_txt_expires_within_a_year_and_not_soon(client):
    make_clinic()
    expires = dt.datetime.fromisoformat(security(client)["Expires"])
    left = expires - dt.datetime.now(dt.UTC)
    assert dt.timedelta(days=150) < left < dt.timedelta(days=365)
    assert security(client)["Canonical"] == "http://localhost/.well-known/security.txt"
    assert security(client)["Preferred-Languages"] == "en, es"


@pytest.mark.parametrize(
    ("setting", "email", "contact"),
    [
        ("security@clinic.example", "front@clinic.example", "mailto:security@clinic.example"),
        ("https://clinic.example/report", "", "https://clinic.example/report"),
        ("", "front@clinic.example", "mailto:front@clinic.example"),
        ("", "", "http://localhost/contact/"),
    ],
)
def test_security_txt_always_says_whom_to_tell(client, settings, setting, email, contact):
    make_clinic(email=email)
    settings.SECURITY_CONTACT = setting
    assert security(client)["Contact"] == contact


def test_the_manifest_names_the_clinic_and_icons_of_their_true_size(client):
    make_clinic()
    response = client.get("/manifest.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    data = response.json()
    assert data["name"] == Clinic.objects.get().name
    assert {(icon["sizes"], icon["purpose"]) for icon in data["icons"]} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for icon in data["icons"]:
        picture = Image.open(io.BytesIO(client.get(icon["src"]).getvalue()))
        assert "x".join(map(str, picture.size)) == icon["sizes"]


def test_a_maskable_icon_keeps_its_drawing_in_the_middle() -> None:
    path = finders.find("img/icons/maskable-512.png")
    assert isinstance(path, str)
    picture = Image.open(path).convert("RGB")
    ground = picture.getpixel((0, 0))
    # The safe zone is a circle of 80 % of the width (W3C Web Application Manifest).
    edge = int(512 * 0.1) - 1
    rims = [picture.crop(box) for box in ((0, 0, 512, edge), (0, 512 - edge, 512, 512), (0, 0, edge, 512))]
    assert all(rim.getcolors() == [(rim.width * rim.height, ground)] for rim in rims)


def test_old_browsers_find_the_icon(client):
    response = client.get("/favicon.ico", follow=True)
    assert response.status_code == 200
    assert Image.open(io.BytesIO(response.getvalue())).format == "ICO"


@pytest.mark.parametrize("path", ["/robots.txt", "/.well-known/security.txt", "/manifest.webmanifest"])
def test_they_set_no_cookie_and_may_be_kept(client, path):
    response = client.get(path)
    assert not response.cookies and "Cookie" not in response.headers.get("Vary", "")
    assert "max-age=3600" in response.headers["Cache-Control"]
