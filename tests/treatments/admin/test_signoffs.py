from __future__ import annotations

import pytest

from tests.treatments.factories import make_clinic, make_editor, make_page
from treatments import clinic, review, signoff
from treatments.models import Clinic, Page, SignOff

pytestmark = pytest.mark.django_db

ADD = "/admin/treatments/signoff/add/"


@pytest.fixture
def signer(client):
    make_clinic()
    user = make_editor(first_name="Test", last_name="Signer")
    client.force_login(user)
    return user


def sign(client, key: str, digest: str, **changes: str):
    data = {"subject": f"{key} {digest}", "credential": "Test role", "confirmed": "on"} | changes
    return client.post(ADD, data)


def test_a_person_signs_what_they_read(client, signer):
    page = make_page()
    client.get(ADD)
    assert sign(client, "page/botox/en", review.digest(page, "en")).status_code == 302
    signed = SignOff.objects.get()
    assert (signed.signed_by, signed.signer_name, signed.credential) == (signer, "Test Signer", "Test role")
    assert review.of(Page.objects.get(), "en").reviewer == "Test Signer"


def test_the_clinics_facts_are_signed_too(client, signer):
    sign(client, clinic.FACTS_SUBJECT, clinic.facts_digest())
    assert signoff.is_signed(clinic.FACTS_SUBJECT, clinic.facts_digest())
    Clinic.objects.update(phone="+16025550142")
    assert not signoff.is_signed(clinic.FACTS_SUBJECT, clinic.facts_digest())


def test_a_text_that_changed_meanwhile_is_not_signed(client, signer):
    page = make_page()
    seen = review.digest(page, "en")
    Page.objects.update(lead_en="Changed meanwhile.")
    response = sign(client, "page/botox/en", seen)
    assert "The text changed while this page was open." in response.content.decode()
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("changes", [{"confirmed": ""}, {"credential": ""}, {"subject": "page/none/en x"}])
def test_a_signature_is_whole(client, signer, changes):
    page = make_page()
    assert sign(client, "page/botox/en", review.digest(page, "en"), **changes).status_code == 200
    assert not SignOff.objects.exists()


def test_an_account_without_a_name_signs_nothing(client):
    make_clinic()
    client.force_login(make_editor())
    response = sign(client, clinic.FACTS_SUBJECT, clinic.facts_digest())
    assert "Your account has no full name" in response.content.decode()
    assert not SignOff.objects.exists()


def test_a_signature_is_neither_changed_nor_deleted(client, signer):
    sign(client, clinic.FACTS_SUBJECT, clinic.facts_digest())
    signed = SignOff.objects.get()
    assert (
        client.post(f"/admin/treatments/signoff/{signed.pk}/change/", {"credential": "x"}).status_code == 403
    )
    assert client.post(f"/admin/treatments/signoff/{signed.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get("/admin/treatments/signoff/").status_code == 200
