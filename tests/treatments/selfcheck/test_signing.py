from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from tests.treatments.selfcheck.conftest import ADDRESS, ALL_FIT
from treatments.editorial import signoff
from treatments.models import SignOff, Source
from treatments.pages.page_cache import kept
from treatments.selfcheck import signing
from treatments.selfcheck.questions import QUESTIONS
from treatments.selfcheck.rules import REASONS

pytestmark = pytest.mark.usefixtures("content")


@pytest.fixture
def real(settings):
    """A clinic that serves patients."""
    settings.DEMO = False
    kept.forget()
    yield
    kept.forget()


def sign(key):
    subject = signoff.find(key)
    signer, _made = User.objects.get_or_create(username="clinician1")
    named = {"signer_name": "Test Clinician", "credential": "MD, Arizona"}
    return SignOff.objects.create(subject=key, digest=subject.digest(), signed_by=signer, **named)


def test_unsigned_it_is_open_in_a_demonstration_alone(client, real):
    assert '<form class="questions"' not in client.get(ADDRESS).content.decode()
    response = client.post(ADDRESS, ALL_FIT)
    assert response.status_code == 503
    assert "not open yet" in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"


def test_a_clinicians_signature_opens_it_and_is_shown(client, real):
    sign(signing.RULES)
    kept.forget()
    assert '<form class="questions"' in client.get(ADDRESS).content.decode()
    assert "Test Clinician" in client.post(ADDRESS, ALL_FIT).content.decode()


def test_the_spanish_one_waits_for_a_translator_too(client, real):
    sign(signing.RULES)
    assert client.post(f"/es{ADDRESS}", ALL_FIT).status_code == 503
    sign(signing.SPANISH)
    assert client.post(f"/es{ADDRESS}", ALL_FIT).status_code == 200


def test_a_changed_source_closes_it(client, real):
    sign(signing.RULES)
    assert client.post(ADDRESS, ALL_FIT).status_code == 200
    source = Source.objects.get(key="ichd-3")
    source.title = "Another title"
    source.save()
    assert client.post(ADDRESS, ALL_FIT).status_code == 503


def test_in_a_demonstration_it_says_that_nobody_has_reviewed_it(client):
    assert "Not yet reviewed by a clinician" in client.post(ADDRESS, ALL_FIT).content.decode()


def test_what_is_signed_holds_every_question_reason_and_source():
    lines = {line.place: line for line in signing.lines()}
    assert len(lines) == len(signing.lines())
    assert {f"question/{question.code}" for question in QUESTIONS} <= set(lines)
    for reason in REASONS:
        line = lines[f"reason/{reason.code}"]
        assert str(reason.text) in line.text
        assert reason.speaks.name in line.text
        assert len(line.sources) == len(reason.sources)
        assert all(":" in source for source in line.sources)


def test_the_spanish_stands_beside_its_english():
    english = {line.place for line in signing.lines()}
    spanish = signing.spanish_lines()
    assert {line.place for line in spanish} == english
    assert all(line.beside for line in spanish)
