"""What an editor may paste by mistake or malice: said at the field, nothing unsafe shown, nothing lost."""

from __future__ import annotations

import pytest

from tests.treatments.admin.forms import save
from tests.treatments.factories import make_clinic, make_condition, make_editor, make_page, make_section
from treatments.models import FAQ, Clinician, Section

pytestmark = pytest.mark.django_db

BAD = {
    "script": ("<script>alert(1)</script>", "Take out the HTML “<script>”"),
    "event": ("<img src=x onerror=alert(1)>", "Take out the HTML"),
    "script link": ("[x](javascript:alert(1))", "cannot be linked to"),
    "table": ("| a | b |\n|---|---|\n| 1 |", "The table row “| 1 |” has 1 cell"),
    "box": ("::: danger Title\ntext\n:::", "There is no box called “danger”"),
    "page": ("[x](page:nowhere)", "There is no page with the key “nowhere”"),
    "citation": ("A claim.[@Diener 2010]", "Write a citation as [@key]"),
    "source": ("A claim.[@nobody-1999]", "There is no source with the key “nobody-1999”"),
    "NUL": ("a\x00b", "Null characters are not allowed."),
    "direction": ("pay\u202egnp", "Take out the invisible character U+202E"),
    "100 KB": ("word " * 20_480, "Keep this text to"),
}


@pytest.fixture(autouse=True)
def editor(client) -> None:
    client.force_login(make_editor())


def forms_of(response) -> list:
    inlines = [form for one in response.context["inline_admin_formsets"] for form in one.formset.forms]
    return [response.context["adminform"].form, *inlines]


def refused_at(response, name: str) -> str:
    """Return the message at a field, having seen that it is at no other and that the page is harmless."""
    assert response.status_code == 200
    page = response.content.decode()
    assert "<script>alert" not in page and "<img src=x" not in page
    (form,) = [form for form in forms_of(response) if name in form.errors]
    return str(form.errors[name][0])


@pytest.mark.parametrize("name", BAD)
def test_in_a_section_of_a_page(client, name):
    typed, message = BAD[name]
    page = make_page()
    make_section(page)
    path = f"/admin/treatments/page/{page.pk}/change/"
    response = save(client, path, **{"sections-0-body_en": typed, "title_en": "Typed beside it"})
    assert refused_at(response, "body_en").startswith(message) or message in refused_at(response, "body_en")
    main, section = forms_of(response)
    assert section["body_en"].value() == typed
    assert main["title_en"].value() == "Typed beside it"
    assert Section.objects.get().body_en == "Some text."


@pytest.mark.parametrize("name", BAD)
def test_in_an_answer_in_either_language(client, name):
    typed, message = BAD[name]
    row = FAQ.objects.create(anchor="cost", question_en="Cost?", answer_en="Ask.", status="published")
    for field in ("answer_en", "answer_es"):
        response = save(client, f"/admin/treatments/faq/{row.pk}/change/", **{field: typed})
        assert message in refused_at(response, field)
        assert forms_of(response)[0][field].value() == typed
    row.refresh_from_db()
    assert (row.answer_en, row.answer_es) == ("Ask.", None)


@pytest.mark.parametrize("name", BAD)
def test_where_there_are_no_drafts(client, name):
    typed, message = BAD[name]
    condition = make_condition()
    person = Clinician.objects.create(name="Test Person")
    make_clinic()
    for path, field in (
        (f"condition/{condition.pk}", "summary_en"),
        (f"clinician/{person.pk}", "about_en"),
        ("clinic/1", "costs_note_en"),
    ):
        response = save(client, f"/admin/treatments/{path}/change/", **{field: typed})
        assert message in refused_at(response, field)
        assert forms_of(response)[0][field].value() == typed


def test_what_is_saved_is_shown_as_text_alone(client):
    page = make_page(title_en="<script>alert(1)</script>", lead_en="5 < 6 <script>alert(1)</script>")
    shown = client.get(f"/admin/treatments/page/{page.pk}/preview/en/").content.decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown
