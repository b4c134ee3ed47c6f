"""Machines are slowed and set apart; a patient is never lost and never told a lie."""

from __future__ import annotations

import datetime as dt
import re
from http.cookies import SimpleCookie

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from booking.admin.lists.filters import Filters
from booking.delivery.codes import send_code
from booking.models import ConsultationRequest, Draft, RateCount
from booking.rules import abuse
from booking.rules.abuse import CODE_TRIES, PER_ADDRESS, PER_EMAIL, SUSPECT
from booking.rules.statuses import Status
from tests.booking.intake.conftest import CONSENT, Patient
from tests.factories import make_staff

pytestmark = pytest.mark.django_db
CHECK = "/consultation/check/"


def ready(**you: str) -> Patient:
    patient = Patient()
    patient.start()
    for step in ("reason", "safety", "symptoms", "history"):
        patient.answer(step)
    patient.answer("you", **you)
    return patient


def send_many(count: int, **you: str) -> Patient:
    """Send so many requests, each from a browser of its own, and return the next one, ready to send."""
    for _number in range(count):
        assert ready(**you).send().status_code == 303
    return ready(**you)


def newest() -> ConsultationRequest:
    return ConsultationRequest.objects.latest("received_at")


def test_a_patient_leaves_no_sign() -> None:
    ready().send()
    assert SUSPECT not in newest().flags
    assert "signs" not in newest().events.get().codes


def test_a_filled_trap_sets_the_request_apart() -> None:
    answer = ready().send(website="https://spam.example")
    assert answer.headers["Location"] == "/consultation/sent/"
    assert SUSPECT in newest().flags
    assert newest().events.get().codes["signs"] == ["honeypot"]


def test_six_pages_in_no_time_set_the_request_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("booking.intake.views.send.FASTEST", dt.timedelta(hours=1))
    ready().send()
    assert newest().events.get().codes["signs"] == ["too-fast"]


def test_a_draft_begun_on_a_machine_whose_clock_is_ahead_is_no_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("booking.intake.views.send.FASTEST", dt.timedelta(seconds=20))
    patient = ready()
    Draft.objects.update(created_at=timezone.now() + dt.timedelta(hours=1))
    patient.send()
    assert SUSPECT not in newest().flags


def test_staff_find_them_in_a_list_of_their_own(client: Patient) -> None:
    ready().send(website="x")
    client.force_login(make_staff("nurse"))
    queue = reverse("admin:booking_consultationrequest_changelist")
    shown = newest().shown_reference
    assert shown not in client.get(queue).text
    apart = client.get(queue + Filters(show="doubtful").address())
    assert shown in apart.text
    assert "May not be real" in apart.text
    ConsultationRequest.objects.update(status=Status.IN_REVIEW)
    assert shown in client.get(queue).text


def test_over_the_soft_limit_a_code_is_asked_for_and_opens_the_way() -> None:
    patient = send_many(PER_EMAIL.soft)
    asked = patient.send()
    assert asked.status_code == 200
    assert "Confirm your email address" in asked.text
    assert "test.patient07@" not in asked.text
    code = mailed_code()
    answer = patient.send(code=code)
    assert answer.headers["Location"] == "/consultation/sent/"
    assert SUSPECT not in newest().flags
    assert ConsultationRequest.objects.count() == PER_EMAIL.soft + 1


def test_a_wrong_code_keeps_everything_and_runs_out() -> None:
    patient = send_many(PER_EMAIL.soft)
    patient.send()
    code = mailed_code()
    for _try in range(CODE_TRIES):
        wrong = patient.send(code="000000" if code != "000000" else "111111")
        assert wrong.status_code == 403
        assert "There is a problem" in wrong.text
    assert patient.send(code=code).status_code == 403
    assert ConsultationRequest.objects.count() == PER_EMAIL.soft
    patient.send(new_code="1")
    assert patient.send(code=mailed_code()).status_code == 303


def test_without_a_code_it_still_reaches_staff() -> None:
    patient = send_many(PER_EMAIL.soft)
    assert patient.send(no_code="1").status_code == 303
    assert newest().events.get().codes["signs"] == ["many"]


def test_the_code_is_not_kept_in_the_clear() -> None:
    patient = send_many(PER_EMAIL.soft)
    patient.send()
    code = mailed_code()
    stored = Draft.objects.filter(request=None).values().get()
    assert code not in {str(value) for value in stored.values()}


def test_the_mail_with_the_code_tells_nothing_else() -> None:
    patient = send_many(PER_EMAIL.soft)
    patient.send()
    mailed_code()
    text = f"{mail.outbox[-1].subject} {mail.outbox[-1].body}".lower()
    for telling in ("pain", "clinic", "botox", "sonoran", "migraine"):
        assert telling not in text


def test_over_the_hard_limit_the_phone_number_stands_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("booking.actions.abuse.PER_ADDRESS", abuse.Limit("address", 1, 1, PER_ADDRESS.window))
    patient = send_many(1)
    refused = patient.send()
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "3600"
    assert "tel:" in refused.text
    assert ConsultationRequest.objects.count() == 1
    assert Draft.objects.filter(request=None).exists()


def test_pressing_again_counts_once() -> None:
    patient = ready()
    rev = patient.look("check").context["rev"]
    for _press in range(20):
        again = Patient()
        again.cookies = SimpleCookie(patient.cookies.output(header="", sep=";"))
        assert again.post(CHECK, {"rev": rev, **CONSENT}).status_code == 303
    assert set(RateCount.objects.exclude(scope="draft").values_list("count", flat=True)) == {1}


def test_counters_hold_no_address() -> None:
    ready().send()
    stored = repr(list(RateCount.objects.values()))
    assert "127.0.0.1" not in stored
    assert "example.com" not in stored


def test_starting_over_and_over_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "booking.actions.abuse.DRAFTS_PER_ADDRESS", abuse.Limit("draft", 2, 2, dt.timedelta(hours=1))
    )
    assert [Patient().start().status_code for _number in range(3)] == [303, 303, 429]
    assert Draft.objects.count() == 2


def mailed_code() -> str:
    """Send the code as the worker would, and read it."""
    send_code(str(Draft.objects.filter(request=None).latest("created_at").pk))
    found = re.search(r"\b(\d{6})\b", mail.outbox[-1].body)
    assert found
    return found[1]
