from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils.translation import override

from tests.treatments.factories import make_editor
from treatments.editorial import review, signed_text, signoff
from treatments.editorial.review import _months_later as months_later
from treatments.models import FAQ, Finding, Harm, Indication, Page, SignOff, Source
from treatments.pages import page_templates

pytestmark = pytest.mark.usefixtures("content")


def sign(page: Page, language: str = "en", username: str = "editor1") -> None:
    SignOff.objects.create(
        subject=review.subject_key(page, language),
        digest=review.digest(page, language),
        lines=signoff.as_data(signed_text.lines(page, language)),
        signed_by=User.objects.filter(username=username).first() or make_editor(username=username),
        signer_name="Test Reviewer",
        credential="Test credential",
    )


def migraine() -> Page:
    return Page.objects.get(key="migraine")


def test_a_review_names_person_and_dates_in_the_clinics_time(client):
    # Late in the evening of 1 March in Arizona it is 2 March in UTC.
    with time_machine.travel(dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC), tick=False):
        sign(migraine())
    found = review.of(migraine(), "en")
    assert (found.reviewer, found.credential) == ("Test Reviewer", "Test credential")
    assert (found.reviewed_on, found.next_review) == (dt.date(2026, 3, 1), dt.date(2027, 3, 1))
    page = client.get("/conditions/migraine/").content.decode()
    assert "Reviewed by Test Reviewer" in page
    assert "Not yet reviewed" not in page


@pytest.mark.parametrize(
    "change",
    [
        lambda: Page.objects.filter(key="migraine").update(lead_en="Another answer."),
        lambda: Page.objects.get(key="migraine").sections.filter(anchor="help").update(body_en="Shorter."),
        lambda: Page.objects.get(key="migraine").sections.filter(anchor="avoid").delete(),
        lambda: Indication.objects.filter(key="episodic").update(status="approved"),
        lambda: Finding.objects.filter(key="preempt-2").update(with_botox="12.0"),
        lambda: Source.objects.filter(key="diener-2014").update(year=2015),
    ],
    ids=["lead", "section", "section gone", "status", "number", "source"],
)
def test_any_change_of_what_is_read_ends_the_review(change):
    sign(migraine())
    change()
    assert review.of(migraine(), "en") is None


def test_a_change_elsewhere_does_not():
    sign(migraine())
    FAQ.objects.all().delete()
    assert review.of(migraine(), "en") is not None


def test_legal_pages_need_no_clinician():
    assert review.of(Page.objects.get(key="privacy"), "en") is None
    assert "page/privacy/en" not in {subject.key for subject in review.subjects()}


def test_each_health_page_can_be_signed():
    rights = {subject.key: subject.right for subject in review.subjects()}
    assert {"page/migraine/en", "page/botox/en", "page/faq/en", "page/home/en"} <= rights.keys()
    assert {right for key, right in rights.items() if key.endswith("/en")} == {"sign_health"}


def test_spanish_is_for_a_translator_once_it_is_all_there():
    page = in_spanish("conditions")
    rights = {subject.key: subject.right for subject in review.subjects()}
    assert rights["page/conditions/es"] == "sign_spanish"
    page.sections.update(body_es="")
    Page.objects.filter(pk=page.pk).update(lead_es="")
    assert "page/conditions/es" not in {subject.key for subject in review.subjects()}


def in_spanish(key: str) -> Page:
    """Write something Spanish into every text of a page."""
    page = Page.objects.get(key=key)
    for row in signed_text._rows(page):
        for field in signed_text.READ[type(row).__name__]:
            setattr(row, f"{field}_es", f"Texto {field}")
        row.save()
    return Page.objects.get(key=key)


def test_the_spanish_of_a_page_needs_its_own_signature():
    page = in_spanish("conditions")
    sign(page, "en")
    assert review.of(page, "es") is None
    sign(page, "es", username="translator1")
    assert review.of(page, "es").reviewer == "Test Reviewer"


def test_a_changed_english_text_takes_the_signature_of_its_spanish():
    page = in_spanish("privacy")
    sign(page, "es")
    assert review.is_spanish_signed(page)
    page.sections.filter(anchor="not").update(body_en="Something else.")
    assert not review.is_spanish_signed(Page.objects.get(key="privacy"))


@pytest.mark.parametrize("key", ["conditions", "privacy"])
def test_outside_a_demonstration_unsigned_spanish_is_not_shown(settings, key):
    page = in_spanish(key)
    assert review.shows_spanish(page) and review.awaits_translator(page)
    settings.DEMO = False
    assert not review.shows_spanish(page)
    with override("es"):
        _template, context = page_templates.published(key)
        draft = page_templates.draft(page.pk)[1]
    assert context["page"].title == page.title_en and not context["spanish_ready"]
    assert draft["page"].title == "Texto title"
    sign(page, "es")
    assert review.shows_spanish(page) and not review.awaits_translator(page)
    with override("es"):
        assert page_templates.published(key)[1]["page"].title == "Texto title"


def test_a_page_about_the_clinic_needs_no_translator(settings):
    settings.DEMO = False
    assert review.shows_spanish(in_spanish("contact"))


def test_a_review_is_overdue_the_day_after_its_date_by_the_clinics_clock():
    with time_machine.travel(dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC), tick=False):
        sign(migraine())
    found = review.of(migraine(), "en")
    assert found.next_review == dt.date(2027, 3, 2)
    # Seven hours behind UTC, the last day ends at 07:00 UTC.
    for hour, overdue in ((6, False), (8, True)):
        with time_machine.travel(dt.datetime(2027, 3, 3, hour, tzinfo=dt.UTC), tick=False):
            assert found.is_overdue is overdue


def test_a_draft_among_the_questions_does_not_end_the_review_of_the_faq():
    page = Page.objects.get(key="faq")
    sign(page)
    new = FAQ.objects.create(anchor="new", question_en="New?", answer_en="Yes.", status="draft", position=99)
    assert review.of(page, "en")
    new.status = "published"
    new.save()
    assert review.of(page, "en") is None


def test_a_question_signed_as_a_draft_may_be_published():
    page = Page.objects.get(key="faq")
    new = FAQ.objects.create(anchor="new", question_en="New?", answer_en="Yes.", status="draft", position=99)
    sign(page)
    assert review.of(page, "en")
    new.status = "published"
    new.save()
    assert review.of(page, "en")


def test_the_words_of_a_figure_are_signed_too():
    words = " ".join(
        line.text for line in signed_text.lines(migraine(), "en") if line.place == "figure/sites"
    )
    assert "Each dot is one shot" in words


def test_numbers_of_another_condition_are_signed_where_they_are_shown():
    page = Page.objects.get(key="privacy")
    page.sections.filter(anchor="not").update(body_en="::: harms migraine\n:::")
    before = review.digest(Page.objects.get(key="privacy"), "en")
    Harm.objects.filter(key="neck-pain").update(one_in=9)
    assert review.digest(Page.objects.get(key="privacy"), "en") != before


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2026, 12, 15), 12, dt.date(2027, 12, 15)),
        (dt.date(2026, 6, 1), 36, dt.date(2029, 6, 1)),
    ],
)
def test_months_later(day, months, later):
    assert months_later(day, months) == later
