"""Two people with one form open: the second reads what the first changed, and overwrites nothing."""

from __future__ import annotations

import pytest

from tests.treatments.admin.forms import posted
from tests.treatments.factories import make_clinic, make_editor, make_page, make_section
from treatments.models import Clinic, OpeningHours, Page, Section

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(make_editor())
    return client


def page_form(page: Page) -> str:
    return f"/admin/treatments/page/{page.pk}/change/"


def test_the_second_of_two_editors_reads_what_the_first_changed_and_overwrites_nothing(editor):
    page = make_page(status="draft", title_en="Back pain")
    make_section(page)
    mine = posted(editor, page_form(page)) | {"short_title_en": "Mine"}
    theirs = posted(editor, page_form(page)) | {"title_en": "Pain in the back"}
    assert editor.post(page_form(page), theirs).status_code == 302
    for _press in range(2):
        answer = editor.post(page_form(page), mine)
        assert answer.status_code == 409
        assert "Nothing was saved: this was changed after you opened it" in answer.text
        assert f'href="{page_form(page)}" target' in answer.text
        assert "<ins>" in answer.text and "Pain in the" in answer.text
        assert answer.context["adminform"].form["short_title_en"].value() == "Mine"
    page.refresh_from_db()
    assert (page.title_en, page.short_title_en != "Mine") == ("Pain in the back", True)
    assert editor.post(page_form(page), posted(editor, page_form(page)) | {"short_title_en": "Mine"}).url
    page.refresh_from_db()
    assert (page.title_en, page.short_title_en) == ("Pain in the back", "Mine")


def test_a_section_changed_meanwhile_counts_as_its_page(editor):
    page = make_page(status="draft")
    section = make_section(page)
    mine = posted(editor, page_form(page)) | {"title_en": "Another title"}
    Section.objects.filter(pk=section.pk).update(body_en="New medical words.")
    answer = editor.post(page_form(page), mine)
    assert answer.status_code == 409
    assert "New medical words." in "".join(
        piece.text for one in answer.context["changed_meanwhile"] for piece in one.pieces
    )
    assert Section.objects.get().body_en == "New medical words."


def test_an_error_of_ones_own_is_mended_in_the_same_form(editor):
    page = make_page(status="draft")
    mine = posted(editor, page_form(page)) | {"title_en": ""}
    refused = editor.post(page_form(page), mine)
    assert refused.status_code == 200
    mended = mine | {"title_en": "A title", "opened_as": refused.context["opened_as"]}
    assert editor.post(page_form(page), mended).status_code == 302


@pytest.mark.parametrize("opened", [None, "", "no:signature"])
def test_a_form_that_does_not_say_how_it_was_opened_is_not_saved(editor, opened):
    page = make_page(status="draft", title_en="Back pain")
    data = posted(editor, page_form(page)) | {"title_en": "Other", "opened_as": opened}
    answer = editor.post(page_form(page), {name: value for name, value in data.items() if value is not None})
    assert answer.status_code == 409
    assert Page.objects.get().title_en == "Back pain"


def test_hours_of_the_clinic_changed_meanwhile_stay(editor):
    make_clinic()
    path = "/admin/treatments/clinic/1/change/"
    mine = posted(editor, path) | {"fax": "(480) 555-0142"}
    OpeningHours.objects.create(clinic=Clinic.objects.get(), weekday=0, opens="08:00", closes="17:00")
    assert editor.post(path, mine).status_code == 409
    assert (Clinic.objects.get().fax, OpeningHours.objects.count()) == ("", 1)
