"""What staff change can be read later, word by word, and brought back as a draft."""

from __future__ import annotations

import pytest
from reversion.models import Version

from tests.treatments.factories import (
    make_condition,
    make_editor,
    make_indication,
    make_page,
    make_section,
    make_source,
)
from treatments.editorial import differences, history
from treatments.models import FAQ, Condition, Finding, Harm, Indication, Page, Section, Source

pytestmark = pytest.mark.django_db


def finding(use: Indication, source: Source) -> Finding:
    numbers = {"with_botox": "9.0", "with_placebo": "7.0", "participants": 705}
    return Finding.objects.create(
        indication=use, source=source, key="f", measure_en="Days", unit_en="days", **numbers
    )


def test_a_page_comes_back_whole_and_as_a_draft():
    page = make_page(title_en="First", title_es="Primero", lead_es="Respuesta")
    kept, gone = make_section(page, "kept", body_en="Old."), make_section(page, "gone", body_es="Adiós")
    editor = make_editor()
    history.keep(page, editor, "As it was")
    Page.objects.filter(pk=page.pk).update(title_en="Second", title_es="Segundo")
    Section.objects.filter(pk=kept.pk).update(body_en="New.")
    gone.delete()
    make_section(page, "added")
    history.keep(page, editor)
    back = history.go_back(history.versions(page).last(), editor)
    assert (back.title_en, back.title_es, back.lead_es, back.status) == (
        "First", "Primero", "Respuesta", "draft",
    )  # fmt: skip
    assert {(one.anchor, one.body_en, one.body_es) for one in back.sections.all()} == {
        ("kept", "Old.", None),
        ("gone", "Some text.", "Adiós"),
    }


def test_what_is_replaced_can_be_brought_back_too():
    page, editor = make_page(title_en="First"), make_editor()
    history.keep(page, editor)
    Page.objects.update(title_en="Loaded by a release")
    history.go_back(history.versions(page).first(), editor)
    said = [version.field_dict["title_en"] for version in history.versions(page)]
    assert said == ["First", "Loaded by a release", "First"]
    comments = [version.revision.comment for version in history.versions(page)]
    assert comments[0].startswith("Back to the version of ")
    assert comments[1] == "As renewed by a release of the site"


def test_what_a_release_loaded_is_kept_once_and_has_no_author():
    page = make_page()
    for _again in range(2):
        history.keep_what_staff_did_not_write(page)
    version = history.versions(page).get()
    assert (version.revision.user, version.revision.comment) == (None, "As shipped with the site")


@pytest.mark.parametrize("status", ["draft", "published"])
def test_a_question_comes_back_as_a_draft(status):
    row = FAQ.objects.create(anchor="cost", question_en="Cost?", answer_en="Old.", status="published")
    history.keep(row, make_editor())
    FAQ.objects.update(answer_en="New.", status=status)
    back = history.go_back(history.versions(row).last(), make_editor(username="editor2"))
    assert (back.answer_en, back.status) == ("Old.", "draft")


def test_a_condition_comes_back_with_its_numbers_and_its_page_becomes_a_draft():
    condition, source, editor = make_condition(), make_source(), make_editor()
    use = make_indication(condition)
    row = finding(use, source)
    harm = Harm.objects.create(
        indication=use, source=source, key="h", name_en="Pain", percent="12.6", one_in=8
    )
    page = make_page("migraine", kind="condition", condition=condition)
    history.keep(condition, editor)
    Finding.objects.filter(pk=row.pk).update(with_botox="99.0")
    harm.delete()
    Indication.objects.update(status="approved")
    history.go_back(history.versions(condition).last(), editor)
    assert str(Finding.objects.get().with_botox) == "9.0"
    assert Harm.objects.get().name_en == "Pain"
    assert Indication.objects.get().status == "off-label"
    page.refresh_from_db()
    assert page.status == "draft"


def test_a_version_that_no_longer_fits_changes_nothing():
    condition, source, editor = make_condition(), make_source(), make_editor()
    row = finding(make_indication(condition), source)
    history.keep(condition, editor)
    row.delete()
    source.delete()
    with pytest.raises(history.CannotGoBack, match="something it refers to is gone"):
        history.go_back(history.versions(condition).last(), editor)
    assert not Finding.objects.exists()


def test_public_pages_hear_of_it():
    page, editor = make_page(), make_editor()
    history.keep(page, editor)
    before = Page.objects.get().updated_at
    history.go_back(history.versions(page).last(), editor)
    assert Page.objects.get().updated_at > before


def test_every_translated_field_is_kept_by_language_and_nothing_twice():
    history.keep(make_page(), None)
    kept = Version.objects.get().field_dict
    assert {"title_en", "title_es", "lead_en", "lead_es"} <= kept.keys()
    assert "title" not in kept and "lead" not in kept


def pieces(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text.strip()) for piece in differences.words(before, after)]


def test_a_difference_is_told_in_words():
    assert pieces("About 1 in 8 people had pain.", "About 1 in 9 people had neck pain.") == [
        ("same", "About 1 in"),
        ("gone", "8"),
        ("new", "9"),
        ("same", "people had"),
        ("new", "neck"),
        ("same", "pain."),
    ]
    assert pieces("", "New.") == [("new", "New.")]
    assert pieces("Old.", "") == [("gone", "Old.")]


def test_a_space_or_a_line_makes_no_word_another_one():
    assert pieces("It is your heart.", "It is your heart.\n\nAsk us.") == [
        ("same", "It is your heart."),
        ("new", "Ask us."),
    ]


def test_long_stretches_that_stayed_are_shortened():
    long = " ".join(f"word{n}" for n in range(500))
    (same, gone, new) = differences.words(f"{long} end", f"{long} END")
    assert "[…]" in same.text and len(same.text) < 300
    assert (gone.text, new.text) == ("end", "END")


def test_even_a_long_text_is_compared_quickly():
    one, other = "word " * 4_000, "other " * 4_000
    assert [piece.kind for piece in differences.words(one, other)] == ["gone", "new"]


def test_fields_are_named_and_relations_spelled_out():
    condition, one, other = make_condition(), make_source("one-1"), make_source("two-2")
    row = finding(make_indication(condition), one)
    before = history.state_now(condition)
    Finding.objects.filter(pk=row.pk).update(source=other, with_botox="8.0")
    Condition.objects.update(position=3)
    found = {one.where: one.pieces for one in differences.between(before, history.state_now(condition))}
    assert set(found) == {
        "Condition “Migraine”: Order",
        "Finding “Days”: Source",
        "Finding “Days”: With BOTOX",
    }
    assert [piece.text for piece in found["Finding “Days”: Source"]] == ["one-1", "two-2"]
