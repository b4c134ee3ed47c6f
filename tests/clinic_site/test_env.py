"""A wrong environment stops the start and says which variable, never its value."""

from __future__ import annotations

import base64
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from clinic_site import env
from clinic_site.checks import older_keys_are_strong

ROOT = Path(__file__).parents[2]


def test_missing_variable_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match=r"Set SECRET_KEY, or SECRET_KEY_FILE .*README"):
        env.required("SECRET_KEY")


def test_a_file_holds_the_value(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from the file\n")
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("SECRET_KEY_FILE", str(secret))
    assert env.required("SECRET_KEY") == "from the file"
    monkeypatch.delenv("SECRET_KEY_FILE")
    monkeypatch.setenv("SECRET_KEY", "from the variable")
    assert env.required("SECRET_KEY") == "from the variable"


@pytest.mark.parametrize("value", ["yes", "true", "2"])
def test_boolean_is_0_or_1(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("DEMO", value)
    with pytest.raises(ImproperlyConfigured, match="DEMO must be 0 or 1"):
        env.boolean("DEMO")


@pytest.mark.parametrize(
    "value", ["clinic.example", "ftp://clinic.example", "https://clinic.example/path", "https://"]
)
def test_site_url_must_be_an_origin(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SITE_URL", value)
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        env.site_url()


def test_short_key_is_refused_without_showing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    short = base64.b64encode(b"too short").decode()
    monkeypatch.setenv("SEARCH_KEY", short)
    with pytest.raises(ImproperlyConfigured) as refusal:
        env.key("SEARCH_KEY")
    assert short not in str(refusal.value)


def test_keys_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    new, old = (base64.b64encode(os.urandom(32)).decode() for _ in range(2))
    monkeypatch.setenv("SEAL_KEYS", f"new:{new} old:{old}")
    assert list(env.keys("SEAL_KEYS")) == ["new", "old"]


@pytest.mark.parametrize(
    "weak",
    [
        bytes(32),
        b"\xff" * 32,
        b"0123456789abcdef" * 2,
        bytes(range(32)),
        bytes(range(0, 256, 8)),
        b"abcd" * 8,
    ],
    ids=["zero", "one byte", "sixteen twice", "counting", "counting by eight", "four bytes"],
)
def test_a_key_that_is_not_random_is_refused_without_showing_it(
    monkeypatch: pytest.MonkeyPatch, weak: bytes
) -> None:
    shown = base64.b64encode(weak).decode()
    good = base64.b64encode(os.urandom(32)).decode()
    monkeypatch.setenv("SEARCH_KEY", shown)
    monkeypatch.setenv("SEAL_KEYS", f"k2:{shown} k1:{good}")
    for read, name in ((env.key, "SEARCH_KEY"), (env.keys, "SEAL_KEYS")):
        with pytest.raises(ImproperlyConfigured, match=f"{name} holds a key that is not random") as refusal:
            read(name)
        assert shown not in str(refusal.value)


def test_an_older_key_that_is_weak_or_oddly_named_stops_nothing_and_is_told(
    monkeypatch: pytest.MonkeyPatch, settings
) -> None:
    good, fine, odd = (os.urandom(32) for _ in range(3))
    given = {"k4": good, "k3": bytes(32), "k2": fine, "a/b": odd}
    entries = (f"{key_id}:{base64.b64encode(raw).decode()}" for key_id, raw in given.items())
    monkeypatch.setenv("SEAL_KEYS", " ".join(entries))
    settings.SEAL_KEYS = env.keys("SEAL_KEYS")
    assert given == settings.SEAL_KEYS
    told = older_keys_are_strong(None)
    assert [(one.id, one.msg.split(",")[0]) for one in told] == [
        ("clinic.W003", "Key 2 of SEAL_KEYS"),
        ("clinic.W003", "Key 4 of SEAL_KEYS"),
    ]
    settings.SEAL_KEYS = {"k1": bytes(range(32))}
    assert older_keys_are_strong(None) == []


@pytest.mark.parametrize("newest", ["", "a/b", "k" * 33])
def test_the_newest_key_needs_an_id_of_plain_characters(monkeypatch: pytest.MonkeyPatch, newest: str) -> None:
    pairs = (f"{key_id}:{base64.b64encode(os.urandom(32)).decode()}" for key_id in (newest, "k1"))
    monkeypatch.setenv("SEAL_KEYS", " ".join(pairs))
    with pytest.raises(ImproperlyConfigured, match="an id like k2"):
        env.keys("SEAL_KEYS")


def test_random_keys_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2000):
        raw = os.urandom(32)
        monkeypatch.setenv("SEARCH_KEY", base64.b64encode(raw).decode())
        assert env.key("SEARCH_KEY") == raw


@pytest.mark.parametrize(
    "ids", [("k1", "k1"), ("k3", "k1", "k1"), ("k1", "a|b")], ids=["twice", "twice among older ones", "a bar"]
)
def test_each_key_needs_an_id_of_its_own(monkeypatch: pytest.MonkeyPatch, ids: tuple[str, str]) -> None:
    pairs = (f"{key_id}:{base64.b64encode(os.urandom(32)).decode()}" for key_id in ids)
    monkeypatch.setenv("SEAL_KEYS", " ".join(pairs))
    with pytest.raises(ImproperlyConfigured, match="an id of its own"):
        env.keys("SEAL_KEYS")


@pytest.mark.parametrize(
    "weak",
    ["short", "aB3-" + "x" * 60, "abc" * 30, f"django-insecure-{secrets.token_urlsafe(48)}"],
    ids=["short", "one letter", "three letters", "made for development"],
)
def test_a_weak_signing_key_stops_the_start(monkeypatch: pytest.MonkeyPatch, weak: str) -> None:
    monkeypatch.setenv("WEAK_KEY", weak)
    with pytest.raises(ImproperlyConfigured, match="WEAK_KEY must be 50 random characters") as refusal:
        env.signing_key("WEAK_KEY")
    assert weak not in str(refusal.value)


@pytest.mark.parametrize("good", [secrets.token_hex(25), secrets.token_urlsafe(48)], ids=["hex", "base64"])
def test_a_random_signing_key_is_taken(monkeypatch: pytest.MonkeyPatch, good: str) -> None:
    monkeypatch.setenv("GOOD_KEY", good)
    assert env.signing_key("GOOD_KEY") == good


def test_no_process_starts_with_a_short_signing_key() -> None:
    given = {**os.environ, "SECRET_KEY": "short"}
    start = [sys.executable, "-c", "import clinic_site.settings"]
    done = subprocess.run(start, cwd=ROOT, env=given, capture_output=True, text=True)
    assert done.returncode != 0
    assert "SECRET_KEY must be 50 random characters" in done.stderr


def test_only_postgresql_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///x.db")
    with pytest.raises(ImproperlyConfigured, match="postgres://"):
        env.postgres("DATABASE_URL")


def test_mail_goes_by_smtp_or_into_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://user:pass%20word@mail.example:587")
    smtp = env.mail("EMAIL_URL", "MAIL_DIR")
    assert (smtp["EMAIL_HOST"], smtp["EMAIL_PORT"], smtp["EMAIL_USE_TLS"]) == ("mail.example", 587, True)
    assert (smtp["EMAIL_HOST_USER"], smtp["EMAIL_HOST_PASSWORD"]) == ("user", "pass word")
    monkeypatch.delenv("EMAIL_URL")
    monkeypatch.setenv("MAIL_DIR", "/var/mail/clinic")
    assert env.mail("EMAIL_URL", "MAIL_DIR")["EMAIL_FILE_PATH"] == "/var/mail/clinic"


def test_settings_take_the_mail_settings_whole() -> None:
    from django.conf import settings

    assert env.mail("EMAIL_URL", "MAIL_DIR")["EMAIL_FILE_PATH"] == settings.EMAIL_FILE_PATH
