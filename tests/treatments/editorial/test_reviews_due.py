"""Staff learn in time which pages a clinician should look at again."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from procrastinate.contrib.django import app

from tests.treatments.factories import make_editor, make_page, make_section
from treatments import tasks
from treatments.editorial import review, signed_text, signoff
from treatments.editorial.reminder import send_pages_due
from treatments.editorial.reviews_due import State, pages_due
from treatments.models import Page, SignOff

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 6, 15, 18, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def page_signed(key: str, days_ago: int, **fields) -> Page:
    """Make a page that was signed so many days ago, to be reviewed again after twelve months."""
    page = make_page(key, **fields)
    with time_machine.travel(NOW - dt.timedelta(days=days_ago), tick=False):
        SignOff.objects.create(
            subject=review.subject_key(page, "en"),
            digest=review.digest(page, "en"),
            lines=signoff.as_data(signed_text.lines(page, "en")),
            signed_by=make_editor(username=f"signer-{key}"),
            signer_name="Test Signer",
            credential="Test role",
        )
    return page


def test_the_most_pressing_pages_come_first():
    page_signed("costs", 400, kind="clinic")
    page_signed("botox", 320)
    make_page("safety")
    page_signed("home", 366, kind="home")
    changed = page_signed("evidence", 10)
    make_section(changed)
    page_signed("faq", 700, kind="faq")
    page_signed("your-visit", 100)
    make_page("candidate", status="draft")
    assert [(one.page.key, one.state) for one in pages_due()] == [
        ("faq", State.OVERDUE),
        ("home", State.OVERDUE),
        ("safety", State.NEVER),
        ("evidence", State.CHANGED),
        ("botox", State.SOON),
    ]


@pytest.mark.parametrize(("days_ago", "state"), [(304, None), (305, State.SOON), (365, State.SOON),
                                                 (366, State.OVERDUE)])  # fmt: skip
def test_sixty_days_before_its_day_a_page_is_due_soon(days_ago, state):
    page_signed("botox", days_ago)
    assert [one.state for one in pages_due()] == ([] if state is None else [state])


def test_the_list_in_the_admin_names_state_person_and_days(client):
    client.force_login(make_editor())
    page_signed("botox", 400)
    shown = client.get("/admin/treatments/page/due/").content.decode()
    for part in ("Overdue", "May 11, 2025, Test Signer, Test role", "May 11, 2026"):
        assert part in shown
    assert "/admin/treatments/page/due/" in client.get("/admin/treatments/page/").content.decode()
    Page.objects.all().delete()
    assert "No page is due." in client.get("/admin/treatments/page/due/").content.decode()


def test_the_list_is_for_editors(client):
    assert client.get("/admin/treatments/page/due/").status_code == 302


def test_the_weekly_mail_counts_and_leads_to_the_list_and_names_no_page(mailoutbox):
    page_signed("botox", 400, title_en="A page with a telling title")
    make_page("safety")
    tasks.pages_due_weekly(timestamp=0)
    (mail,) = mailoutbox
    html = mail.alternatives[0][0]
    assert mail.to == [settings.STAFF_EMAIL]
    for body in (mail.body, html):
        assert "Overdue: 1" in body and "Never reviewed: 1" in body
        assert f"{settings.SITE_URL}/admin/treatments/page/due/" in body
        assert "telling" not in body
    assert "telling" not in mail.subject
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"


def test_nothing_due_sends_nothing(mailoutbox):
    page_signed("botox", 10)
    assert send_pages_due() is False
    assert mailoutbox == []


def test_the_worker_knows_the_job_and_when():
    assert "treatments.pages_due" in app.tasks
    crons = {job.task.name: job.cron for job in app.periodic_registry.periodic_tasks.values()}
    assert crons["treatments.pages_due"] == "0 14 * * 1"
    assert "treatments.tasks" in settings.PROCRASTINATE_IMPORT_PATHS
