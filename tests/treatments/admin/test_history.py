"""The history in the admin: who, when, which words; and an earlier version comes back as a draft."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User

from tests.treatments.admin.forms import save
from tests.treatments.factories import (
    make_condition,
    make_editor,
    make_indication,
    make_page,
    make_section,
    make_source,
)
from treatments.editorial import history
from treatments.models import FAQ, Finding, Page, Section

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def editor(client) -> User:
    user = make_editor(first_name="Test", last_name="Editor")
    client.force_login(user)
    return user


def test_each_save_is_a_version_with_who_and_why_and_the_first_can_go_back_to_the_shipped_text(client):
    page = make_page(title_en="As shipped")
    make_section(page, body_en="Shipped words.")
    path = f"/admin/treatments/page/{page.pk}"
    changes = {"title_en": "By staff", "sections-0-body_en": "Staff’s words.", "change_comment": "Clearer"}
    assert save(client, f"{path}/change/", **changes).status_code == 302
    shown = client.get(f"{path}/history/").content.decode()
    for part in ("Test Editor", "Clearer", "As shipped with the site", "The site"):
        assert part in shown
    assert re.search(r"<del>.*Shipped ?</del>", shown) and re.search(r"<ins>.*Staff’s ?</ins>", shown)
    (link,) = set(re.findall(rf'href="({path}/history/\d+/)"', shown))
    before = client.get(link).content.decode()
    assert "Bring this version back as a draft" in before
    assert Page.objects.get().title_en == "By staff"
    assert client.post(link).status_code == 302
    page.refresh_from_db()
    assert (page.title_en, page.status, Section.objects.get().body_en) == (
        "As shipped", "draft", "Shipped words.",
    )  # fmt: skip
    assert client.get("/botox/").status_code == 404


def test_nothing_changed_makes_no_version(client):
    page = make_page()
    save(client, f"/admin/treatments/page/{page.pk}/change/")
    assert not [v for v in history.versions(page) if v.revision.user]


def test_a_form_with_errors_makes_no_version(client):
    page = make_page()
    save(client, f"/admin/treatments/page/{page.pk}/change/", title_en="")
    assert not history.versions(page).exists()


def test_numbers_are_kept_with_their_condition(client):
    use, source = make_indication(make_condition()), make_source()
    Finding.objects.create(
        indication=use, source=source, key="f", measure_en="Days", unit_en="days",
        with_botox="9.0", with_placebo="7.0", participants=705,
    )  # fmt: skip
    path = f"/admin/treatments/indication/{use.pk}"
    assert save(client, f"{path}/change/", **{"findings-0-with_botox": "8.5"}).status_code == 302
    shown = client.get(f"{path}/history/").content.decode()
    assert "Finding “Days”: With BOTOX" in shown
    (link,) = set(re.findall(r'href="(/admin/treatments/condition/\d+/history/\d+/)"', shown))
    client.post(link)
    assert str(Finding.objects.get().with_botox) == "9.0"


def test_questions_and_sources_have_one_too(client):
    row = FAQ.objects.create(anchor="cost", question_en="Cost?", answer_en="Ask.", status="published")
    source = make_source()
    save(client, f"/admin/treatments/faq/{row.pk}/change/", answer_en="Call.")
    save(client, f"/admin/treatments/source/{source.pk}/change/", title="Another title")
    for kind, pk in (("faq", row.pk), ("source", source.pk)):
        assert "Test Editor" in client.get(f"/admin/treatments/{kind}/{pk}/history/").content.decode()


def test_nobody_changed_it_yet(client):
    page = make_page()
    assert (
        "Nobody has changed this text"
        in client.get(f"/admin/treatments/page/{page.pk}/history/").content.decode()
    )


def test_a_version_of_another_row_is_not_found(client, editor):
    one, other = make_page("botox"), make_page("costs")
    history.keep(other, editor)
    version = history.versions(other).get()
    assert client.get(f"/admin/treatments/page/{one.pk}/history/{version.pk}/").status_code == 404
    assert client.get("/admin/treatments/page/99999/history/1/").status_code == 404


def test_who_may_only_look_brings_nothing_back(client, editor):
    page = make_page(title_en="First")
    history.keep(page, editor)
    Page.objects.update(title_en="Second")
    version = history.versions(page).get()
    path = f"/admin/treatments/page/{page.pk}/history/{version.pk}/"
    editor.user_permissions.set(editor.user_permissions.filter(codename="view_page"))
    assert "Bring this version back" not in client.get(path).content.decode()
    assert client.post(path).status_code == 403
    editor.user_permissions.clear()
    assert client.get(path).status_code == 403
    assert Page.objects.get().title_en == "Second"


def test_words_of_a_version_are_text_and_nothing_else(client, editor):
    page = make_page(title_en="<script>alert(1)</script>")
    history.keep(page, editor)
    Page.objects.update(title_en="Calm")
    history.keep(page, editor)
    shown = client.get(f"/admin/treatments/page/{page.pk}/history/").content.decode()
    assert "<script>alert" not in shown and "&lt;script&gt;" in shown
