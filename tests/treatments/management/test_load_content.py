from __future__ import annotations

import shutil

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from tests.treatments.factories import make_editor
from treatments import models
from treatments.models import (
    FAQ,
    Clinic,
    Clinician,
    LoadedContent,
    OpeningHours,
    Page,
    Section,
    SignOff,
    Source,
)
from treatments.shipped.content_files import CONTENT, Record, demo_records, records
from treatments.shipped.loader import load


def everything() -> list:
    tables = (Source, Clinic, Page, Section, FAQ, models.Condition, models.Harm, models.Finding)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_loading_twice_changes_nothing(content):
    before = everything()
    report = load(records())
    assert (report.created, report.updated, report.removed, report.left_alone) == ([], [], [], [])
    assert everything() == before


def test_what_staff_changed_is_left_alone_and_named(content, capsys):
    Section.objects.filter(page__key="tmj", anchor="avoid").update(body_en="Ours.")
    call_command("load_content")
    assert Section.objects.get(page__key="tmj", anchor="avoid").body_en == "Ours."
    assert "Left alone, changed by staff: section:tmj/avoid." in capsys.readouterr().out


def test_spanish_written_by_staff_survives_shipped_spanish(content):
    FAQ.objects.filter(anchor="drive").update(question_es="¿Puedo conducir?")
    shipped = [
        Record(r.label, r.model, r.natural, {**r.fields, "question_es": "Otra pregunta"})
        if r.label == "faq:drive"
        else r
        for r in records()
    ]
    assert load(shipped).left_alone == ["faq:drive"]
    assert FAQ.objects.get(anchor="drive").question_es == "¿Puedo conducir?"


def test_what_staff_deleted_stays_deleted(content):
    FAQ.objects.get(anchor="cost").delete()
    assert load(records()).left_alone == ["faq:cost"]
    assert not FAQ.objects.filter(anchor="cost").exists()


def test_a_bad_text_loads_nothing_and_names_the_record(content, tmp_path):
    shutil.copytree(CONTENT, tmp_path / "content")
    page = tmp_path / "content" / "en" / "pages" / "tmj.md"
    page.write_text(page.read_text().replace("[@busse-2023]", "[@nobody-1999]"))
    before = everything()
    with pytest.raises(ValidationError, match="section:tmj/try-first: There is no source with the key"):
        load(records(tmp_path / "content"))
    assert everything() == before


def test_a_heading_without_its_anchor_is_refused(tmp_path):
    shutil.copytree(CONTENT, tmp_path / "content")
    page = tmp_path / "content" / "en" / "pages" / "tmj.md"
    page.write_text("+++\n+++\n## No anchor\n\ntext")
    with pytest.raises(ValueError, match="tmj.md"):
        records(tmp_path / "content")


def test_placeholders_come_only_with_demo(content):
    assert not Clinician.objects.exists()
    assert not OpeningHours.objects.exists()
    call_command("load_content", "--demo", verbosity=0)
    assert Clinician.objects.filter(is_demo=True, published=False).count() == 2
    assert all("placeholder" in person.name for person in Clinician.objects.all())
    assert OpeningHours.objects.count() == 5
    assert not Clinic.objects.get().hours_confirmed


def test_a_plain_load_keeps_the_placeholders_of_a_demonstration(content):
    call_command("load_content", "--demo", verbosity=0)
    call_command("load_content", verbosity=0)
    assert Clinician.objects.count() == len([r for r in demo_records() if r.model is Clinician])


def test_every_loaded_row_is_remembered(content):
    assert LoadedContent.objects.count() == len(records())


def test_outside_a_demonstration_nobody_reads_about_health_what_no_clinician_signed(db, settings, capsys):
    settings.DEMO = False
    call_command("load_content")
    published = {page.key for page in Page.objects.published()}
    assert {"contact", "privacy", "costs"} <= published
    assert not published & {"home", "migraine", "safety", "faq"}
    assert "Drafts until a clinician has signed them: " in capsys.readouterr().out


def test_what_was_signed_once_stays_when_a_release_changes_it(db, settings):
    call_command("load_content", verbosity=0)
    page = Page.objects.get(key="tmj")
    SignOff.objects.create(
        subject="page/tmj/en",
        digest="0" * 64,
        signed_by=make_editor(),
        signer_name="Test Signer",
        credential="Test role",
    )
    settings.DEMO = False
    call_command("load_content", verbosity=0)
    page.refresh_from_db()
    assert page.status == "published"
    assert not Page.objects.published().filter(key="migraine").exists()
