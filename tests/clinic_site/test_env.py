"""A wrong environment stops the start and says which variable, never its value."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from clinic_site import env


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
    new, old = (base64.b64encode(bytes([n]) * 32).decode() for n in (2, 1))
    monkeypatch.setenv("SEAL_KEYS", f"new:{new} old:{old}")
    assert list(env.keys("SEAL_KEYS")) == ["new", "old"]


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
