"""The Spanish reaches the pages: compiled when stale, left alone when fresh, and missed when it is gone."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import pytest

from clinic_site import catalogue, checks

PO = """msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Send request"
msgstr "Enviar la solicitud"

#, fuzzy
msgid "Call 911"
msgstr "Llame"
"""


@pytest.fixture
def locale(tmp_path: Path) -> Path:
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO, encoding="utf-8")
    return tmp_path


def test_compiles_what_gettext_reads(locale: Path) -> None:
    [compiled] = catalogue.compile_all(locale)
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Send request") == "Enviar la solicitud"


def test_an_uncertain_translation_is_not_shown(locale: Path) -> None:
    [compiled] = catalogue.compile_all(locale)
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Call 911") == "Call 911"


def test_compiles_again_only_after_a_change(locale: Path) -> None:
    [compiled] = catalogue.compile_all(locale)
    assert catalogue.compile_all(locale) == []
    later = compiled.stat().st_mtime + 10
    os.utime(locale / "es" / "LC_MESSAGES" / "django.po", (later, later))
    assert catalogue.compile_all(locale) == [compiled]


def test_a_missing_compilation_stops_the_start(locale: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "LOCALE", locale)
    assert [error.id for error in checks.spanish_is_compiled(None)] == ["clinic.E003"]
    catalogue.compile_all(locale)
    assert checks.spanish_is_compiled(None) == []
