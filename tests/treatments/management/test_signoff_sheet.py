"""The sheet to print holds every text that somebody must stand behind, its sources, and a line to sign."""

from __future__ import annotations

import html
import re

import pytest
from django.core.management import call_command

from tests.treatments.factories import make_editor
from treatments.editorial import signoff
from treatments.editorial.drawings import drawings
from treatments.models import Page, Section, SignOff

pytestmark = pytest.mark.usefixtures("content")


@pytest.fixture
def sheet(tmp_path, capsys) -> tuple[str, str]:
    """The sheet as (HTML, what the terminal said)."""
    path = tmp_path / "folder" / "sheet.html"
    call_command("signoff_sheet", output=str(path))
    return path.read_text(encoding="utf-8"), capsys.readouterr().out


def test_every_line_of_every_subject_is_on_it_with_its_sources(sheet):
    printed, said = (" ".join(html.unescape(text).split()) for text in sheet)
    subjects = signoff.subjects()
    assert {"page/migraine/en", "clinic-facts", "safety-rules", "critical-spanish"} <= {
        s.key for s in subjects
    }
    for subject in subjects:
        assert f"{subject.label}" in printed and f"[{subject.key}]" in said
        for line in subject.lines():
            words = " ".join(line.text.split())
            assert words in printed and words in said
            for source in line.sources:
                assert " ".join(source.split()) in printed


def test_each_part_has_a_line_to_sign_and_says_who(sheet):
    printed, said = sheet
    parts = len(signoff.subjects())
    assert printed.count("Signature: ___") == said.count("Signed: ___") == parts
    assert "To be signed by a clinician." in printed and "a qualified translator" in said


def test_the_drawings_themselves_are_on_it(sheet):
    names = {drawing.name for drawing in drawings()}
    assert {"migraine", "back-pain", "sites"} <= names
    assert sheet[0].count("<figcaption>") == len(names)
    assert sheet[0].count('<img src="data:image/svg+xml;base64,') == len(names)


def test_it_needs_nothing_from_elsewhere_and_runs_nothing(sheet):
    assert not re.findall(r"<script|<link|src=.(?!data:)|@import|url\(", sheet[0])


def test_it_tells_what_is_signed_and_what_changed_since(tmp_path, capsys):
    for key in ("page/migraine/en", "page/tmj/en"):
        subject = signoff.find(key)
        SignOff.objects.create(
            subject=key,
            digest=subject.digest(),
            lines=signoff.as_data(subject.lines()),
            signed_by=make_editor(username=key.replace("/", "-")),
            signer_name="Test Signer",
            credential="Test role",
        )
    Section.objects.filter(page=Page.objects.get(key="tmj"), anchor="avoid").update(body_en="Shorter.")
    call_command("signoff_sheet", output=str(tmp_path / "sheet.html"))
    said = capsys.readouterr().out
    assert re.search(r"\[page/migraine/en\]: signed by Test Signer, Test role", said)
    assert re.search(r"\[page/tmj/en\]: changed since Test Signer, Test role", said)
    assert re.search(r"\[page/botox/en\]: never signed", said)


def test_words_of_staff_are_text_on_it(tmp_path):
    Section.objects.filter(anchor="avoid").update(body_en="<script>alert(1)</script>")
    path = tmp_path / "sheet.html"
    call_command("signoff_sheet", output=str(path), verbosity=0)
    assert "<script>" not in path.read_text(encoding="utf-8")
