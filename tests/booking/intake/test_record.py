"""The record of what was sent: everything, for half an hour, to the browser that sent it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from booking.models import ConsultationRequest, Draft
from tests.booking.intake.conftest import ASKER, Patient


def test_the_record_shows_every_answer_and_nothing_to_change(patient: Patient) -> None:
    patient.start()
    patient.answer("reason", who_for="adult", reason="To sleep through the night")
    patient.answer("safety", checked=["HD-7"])
    patient.answer("symptoms", in_own_words="Worse at work")
    patient.answer("history", allergies="Latex", referral="yes", referrer="Test Clinic")
    patient.answer("you", phone="520 555 0107 x12", no_online_page="on", **ASKER)
    patient.send()
    assert 'href="/consultation/record/"' in patient.look("sent").content.decode()
    page = patient.look("record").content.decode()
    assert ConsultationRequest.objects.get().shown_reference in page
    for answer in (
        "Migraine", "To sleep through the night", "Another adult", "A new or changing headache", "7 of 10",
        "Forehead", "19 days", "9 days", "4 hours or more", "Worse at work", "A daily medicine to prevent",
        "Latex", "Test Clinic", "Test Carer 07", "Test Patient 07", "January 7, 1980",
        "(520) 555-0107 ext. 12", "test.patient07@example.com", "Tuesday morning", "No private web page",
    ):  # fmt: skip
        assert answer in page, answer
    assert "return=check" not in page and "Change" not in page


def test_later_and_for_others_there_is_no_record(patient: Patient) -> None:
    patient.answer_to("you")
    assert patient.look("record").headers["Location"] == "/consultation/sent/"
    patient.send()
    assert Patient().get("/consultation/record/").headers["Location"] == "/consultation/sent/"
    Draft.objects.update(expires_at=timezone.now() - timedelta(seconds=1), created_at="2026-01-01T00:00Z")
    assert patient.look("record").headers["Location"] == "/consultation/sent/"
    assert "We have your request" in patient.look("sent").content.decode()


def test_what_is_hidden_is_gone(patient: Patient) -> None:
    patient.answer_to("you")
    patient.send()
    patient.post("/consultation/clear/")
    assert patient.look("record").status_code == 303
    assert ConsultationRequest.objects.exists()
