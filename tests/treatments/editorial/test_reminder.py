"""Staff are mailed once when a part of the site came to be shut, in neutral words."""

from __future__ import annotations

import smtplib

import pytest
from django.core import mail

from booking.rules import safety
from tests.treatments.editorial.test_gates import FORM, SELF_CHECK, sign
from tests.treatments.factories import make_clinic, make_page
from treatments.editorial.reminder import send_missing_signatures
from treatments.models import SentReminder

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _signed(settings) -> None:
    settings.DEMO = False
    make_clinic()
    sign(*FORM, *SELF_CHECK)


@pytest.fixture
def other_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "VERSION", "2099.1")


def test_nothing_is_mailed_while_nothing_is_shut() -> None:
    assert not send_missing_signatures()
    assert mail.outbox == [] and not SentReminder.objects.exists()


def test_a_new_version_is_told_once_however_often_it_is_looked_at(settings, other_rules) -> None:
    assert send_missing_signatures()
    assert not send_missing_signatures()
    (told,) = mail.outbox
    assert told.to == [settings.STAFF_EMAIL]
    assert "- The request form\n" in told.body
    assert "/admin/treatments/signoff/add/" in told.body
    for word in ("safety", "pain", "BOTOX", "Test Signer"):
        assert word not in told.subject + told.body


def test_what_is_signed_and_then_shut_again_is_told_again(monkeypatch) -> None:
    for version in ("2099.1", "2099.2"):
        monkeypatch.setattr(safety, "VERSION", version)
        assert send_missing_signatures()
        sign("safety-rules")
        assert not send_missing_signatures()
    assert len(mail.outbox) == 2


def test_other_words_of_what_is_shut_already_are_no_news(monkeypatch, other_rules) -> None:
    send_missing_signatures()
    monkeypatch.setattr(safety, "VERSION", "2099.2")
    assert not send_missing_signatures()


def test_a_new_draft_is_no_news() -> None:
    make_page(status="draft")
    assert not send_missing_signatures()


def test_a_mail_that_does_not_go_out_is_tried_again(monkeypatch, other_rules) -> None:
    def refuse(*args, **kwargs):
        raise smtplib.SMTPServerDisconnected

    with monkeypatch.context() as away:
        away.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
        with pytest.raises(smtplib.SMTPServerDisconnected):
            send_missing_signatures()
    assert send_missing_signatures()


def test_a_demonstration_mails_nothing(settings, other_rules) -> None:
    settings.DEMO = True
    assert not send_missing_signatures()
