"""No English on a Spanish page: every public address, every step of a request, every error and message."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from booking.delivery.messages import as_email
from booking.rules.notices import TO_STAFF, Notice
from booking.rules.safety import QUESTIONS, SafetyQuestion
from tests import addresses
from tests.booking.delivery.test_messages import message
from tests.booking.intake.conftest import ANSWERS, ASKER, SYMPTOMS_ABOUT, Patient
from tests.english import english_on


class Paciente(Patient):
    """A patient who reads Spanish."""

    base = "/es/consultation/"


@pytest.fixture
def paciente(db: None) -> Iterator[Paciente]:
    yield Paciente()


def english(answer: HttpResponse) -> list[str]:
    assert '<html lang="es"' in answer.text
    return english_on(answer.text)


@pytest.mark.parametrize("address", addresses.public("es"))
def test_public_pages(content: None, client: Client, address: str) -> None:
    answer = client.get(address, follow=True)
    assert answer.status_code in (200, 404, 410)
    assert english(answer) == []


@pytest.mark.parametrize("address", addresses.content("es"))
def test_every_page_of_content_has_its_spanish(content: None, client: Client, address: str) -> None:
    assert "noindex" not in client.get(address).text


@pytest.mark.parametrize("topic", SYMPTOMS_ABOUT)
@pytest.mark.parametrize("who_for", ["self", "adult", "minor"])
def test_steps_and_their_errors(paciente: Paciente, topic: str, who_for: str) -> None:
    found: list[str] = []
    paciente.start()
    for step in ANSWERS:
        found += english(paciente.look(step))
        found += english(paciente.post(f"{paciente.base}{step}/", {}))
        assert paciente.answer(step, **_about(step, topic, who_for)).status_code == 303
    found += english(paciente.look("check"))
    found += english(paciente.post(f"{paciente.base}check/", {"rev": "stale"}))
    found += english(paciente.get(f"{paciente.base}clear/"))
    assert paciente.send().status_code == 303
    found += english(paciente.get(f"{paciente.base}sent/"))
    assert found == []


def _about(step: str, topic: str, who_for: str) -> dict[str, Any]:
    changes: dict[str, dict[str, Any]] = {
        "reason": {"topic": topic, "who_for": who_for},
        "safety": {"shown_for": topic},
        "symptoms": SYMPTOMS_ABOUT[topic],
        "you": {}
        if who_for == "self"
        else ASKER | ({"birth_date_year": "2015"} if who_for == "minor" else {}),
    }
    return changes.get(step, {})


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.code)
def test_every_safety_answer(paciente: Paciente, question: SafetyQuestion) -> None:
    topic = sorted(question.topics)[0]
    paciente.start()
    paciente.answer("reason", topic=topic)
    answer = paciente.answer("safety", shown_for=topic, checked=[question.code])
    if answer.status_code == 303:
        answer = paciente.get(answer.headers["Location"])
    assert english(answer) == []


def test_pages_that_say_no(paciente: Paciente, settings: Any) -> None:
    found = english(paciente.look("symptoms"))
    paciente.start()
    paciente.cookies.clear()
    found += english(paciente.answer("reason"))
    settings.DEMO = False
    found += english(paciente.get(paciente.base))
    strict = Client(enforce_csrf_checks=True)
    found += english(strict.post(paciente.base))
    assert found == []


@pytest.mark.parametrize(("address", "status"), [("/es/broken/bug/", 500), ("/es/broken/database/", 503)])
def test_failures(settings: Any, address: str, status: int) -> None:
    settings.ROOT_URLCONF = "tests.clinic_site.broken_urls"
    answer = Client(raise_request_exception=False).get(address)
    assert answer.status_code == status
    assert english(answer) == []


@pytest.mark.django_db
@pytest.mark.parametrize("notice", [notice for notice in Notice if notice not in TO_STAFF])
def test_messages(notice: Notice) -> None:
    mail = as_email(message(notice, "es"))
    [html] = [part.content for part in mail.alternatives if part.mimetype == "text/html"]
    text = "".join(f"<p>{line}</p>" for line in [mail.subject, *mail.body.splitlines()] if "://" not in line)
    assert english_on(html) + english_on(text) == []
