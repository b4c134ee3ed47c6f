"""robots.txt, security.txt, the web manifest and the icons."""

from __future__ import annotations

import datetime as dt
import io
import re
from urllib.robotparser import RobotFileParser

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

from tests.treatments.factories import make_clinic
from treatments.models import Clinic

pytestmark = pytest.mark.django_db


def rules(client) -> list[tuple[str, str]]:
    text = client.get("/robots.txt").content.decode()
    return re.findall(r"^(Allow|Disallow): (\S+)$", text, re.MULTILINE)


def may_crawl(client, path: str) -> bool:
    """As RFC 9309 says: the longest rule that fits wins, Allow before Disallow; "$" is the end."""
    fitting = [
        (len(rule), verb == "Allow")
        for verb, rule in rules(client)
        if re.match(re.escape(rule).replace(r"\$", "$"), path)
    ]
    return max(fitting)[1] if fitting else True


@pytest.mark.parametrize(
    "path", ["/", "/es/", "/conditions/migraine/", "/consultation/", "/es/consultation/"]
)
def test_crawlers_may_read_what_patients_look_for(client, path):
    assert may_crawl(client, path)


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
    assert not may_crawl(client, path)


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
