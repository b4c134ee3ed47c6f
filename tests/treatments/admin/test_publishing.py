"""Outside a demonstration no page about health goes to patients before a clinician has signed its words."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from tests.treatments.admin.forms import save
from tests.treatments.factories import make_editor, make_page, make_section
from treatments.editorial import review, signoff
from treatments.models import FAQ, Page, SignOff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def real(client, settings) -> User:
    """A clinic that is no demonstration, and an editor who is signed in."""
    settings.DEMO = False
    user = make_editor()
    client.force_login(user)
    return user


def path(page: Page) -> str:
    return f"/admin/treatments/page/{page.pk}/change/"


def sign(page: Page, language: str = "en") -> None:
    subject = signoff.find(review.subject_key(page, language))
    SignOff.objects.create(
        subject=subject.key,
        digest=subject.digest(),
        lines=signoff.as_data(subject.lines()),
        signed_by=User.objects.first(),
        signer_name="Test Signer",
        credential="Test role",
    )


def errors(response) -> dict:
    return response.context["adminform"].form.errors


def test_an_unsigned_page_stays_a_draft_and_the_form_says_why(client):
    page = make_page(status="draft")
    make_section(page)
    response = save(client, path(page), status="published", title_en="A new title")
    assert response.status_code == 200
    assert errors(response)["status"] == [
        "Nobody has signed this page yet. Save it as a draft, have a clinician sign it under Sign-offs, "
        "then publish it unchanged."
    ]
    assert response.context["adminform"].form["title_en"].value() == "A new title"
    assert Page.objects.get().status == "draft"


def test_a_signed_page_is_published_unchanged(client):
    page = make_page(status="draft")
    make_section(page)
    sign(page)
    assert save(client, path(page), status="published").status_code == 302
    assert Page.objects.get().status == "published"


@pytest.mark.parametrize(
    "changes",
    [
        {"lead_en": "Another answer."},
        {"sections-0-body_en": "Another text."},
        {"sections-0-DELETE": "on"},
        {"sections-TOTAL_FORMS": "2", "sections-1-anchor": "b", "sections-1-title_en": "B",
         "sections-1-body_en": "More.", "sections-1-position": "1"},
    ],
    ids=["answer", "section", "section gone", "section new"],
)  # fmt: skip
def test_words_that_were_not_signed_are_not_published_with_those_that_were(client, changes):
    page = make_page(status="draft")
    section = make_section(page)
    sign(page)
    data = {"sections-1-id": "", "sections-1-page": page.pk, **changes} if len(changes) > 1 else changes
    response = save(client, path(page), status="published", **data)
    assert errors(response)["status"][0].startswith("The words changed since the last sign-off.")
    assert Page.objects.get().status == "draft"
    assert section.page.sections.get().body_en == "Some text."
    assert save(client, path(page), **data).status_code == 302


def test_spanish_does_not_keep_the_english_from_patients(client):
    page = make_page(status="draft")
    make_section(page)
    sign(page)
    assert save(client, path(page), status="published", title_es="Título").status_code == 302


def test_a_legal_page_needs_no_clinician(client):
    page = make_page("privacy", kind="legal", status="draft")
    make_section(page)
    assert save(client, path(page), status="published").status_code == 302


def test_the_form_lists_what_the_page_has_and_lacks(client):
    words = {f"{name}_es": "Texto" for name in ("title", "short_title", "lead", "description")}
    page = make_page(status="draft", is_template=True, **words)
    shown = client.get(path(page)).content.decode()
    for part in (
        "Sources are known",
        "A clinician has signed off the English</b>",
        "needed to publish",
        "Nobody has signed this page yet.",
        "Complete what stands in “[Clinic to complete ...]”",
        "A qualified translator has signed off the Spanish",
        "Until then patients read this page in English alone.",
    ):
        assert part.replace("</b>", "") in shown
    make_section(page)
    assert "1 text is missing" not in shown
    assert (
        "2 texts are missing: section/part, title and section/part, body."
        in client.get(path(page)).content.decode()
    )
    sign(page)
    assert "Test Signer, Test role" in client.get(path(page)).content.decode()


def faq(**fields) -> FAQ:
    values = {
        "anchor": "cost",
        "question_en": "What does it cost?",
        "answer_en": "Ask us.",
        "status": "draft",
    }
    return FAQ.objects.create(**{**values, **fields})


def test_a_question_is_published_once_it_is_signed_with_its_page(client):
    page, row = make_page("faq", kind="faq"), faq()
    change = f"/admin/treatments/faq/{row.pk}/change/"
    refused = save(client, change, status="published")
    assert "A clinician must sign this question first." in errors(refused)["status"][0]
    sign(page)
    assert "status" in errors(save(client, change, status="published", answer_en="Ask your plan."))
    assert save(client, change, status="published").status_code == 302
    assert FAQ.objects.get().status == "published"


def test_a_question_with_an_unknown_source_is_not_published(client, settings):
    settings.DEMO = True
    row = faq()
    change = f"/admin/treatments/faq/{row.pk}/change/"
    answer = "It costs much.[@nobody-1999]"
    refused = save(client, change, status="published", answer_en=answer)
    assert "“nobody-1999”" in errors(refused)["answer_en"][0]
    assert refused.context["adminform"].form["answer_en"].value() == answer
    assert save(client, change, answer_en=answer).status_code == 302


def test_a_demonstration_publishes_what_nobody_signed(client, settings):
    settings.DEMO = True
    page = make_page(status="draft")
    make_section(page)
    assert save(client, path(page), status="published").status_code == 302
    assert "no clinician has reviewed it" in client.get(path(page)).content.decode()
