from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from tests.treatments.factories import make_editor
from treatments import review
from treatments.models import FAQ, Finding, Indication, Page, SignOff, Source
from treatments.review import _months_later as months_later

pytestmark = pytest.mark.usefixtures("content")


def sign(page: Page, language: str = "en") -> None:
    SignOff.objects.create(
        subject=review.subject_key(page, language),
        digest=review.digest(page, language),
        signed_by=make_editor(),
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
    assert not [subject for subject in review.subjects() if "privacy" in subject.key]


def test_each_health_page_can_be_signed():
    keys = {subject.key for subject in review.subjects()}
    assert {"page/migraine/en", "page/botox/en", "page/faq/en", "page/home/en"} <= keys
    assert not [key for key in keys if key.endswith("/es")]


def test_spanish_is_signed_by_itself_once_it_is_there():
    page = Page.objects.get(key="conditions")
    for row in review._rows(page):
        for field in review.READ[type(row).__name__]:
            setattr(row, f"{field}_es", "Texto")
        row.save()
    page = Page.objects.get(key="conditions")
    assert review.has_spanish(page)
    sign(page, "en")
    assert review.of(page, "es") is None


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
