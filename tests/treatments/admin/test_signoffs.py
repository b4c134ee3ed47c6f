from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Permission, User

from tests.treatments.factories import make_clinic, make_editor, make_page, make_section, make_source
from treatments.editorial import review, signed_facts, signoff
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
    return client.post(f"{ADD}?subject={key}", data)


def test_a_person_signs_what_they_read(client, signer):
    page = make_page()
    client.get(ADD)
    assert sign(client, "page/botox/en", review.digest(page, "en")).status_code == 302
    signed = SignOff.objects.get()
    assert (signed.signed_by, signed.signer_name, signed.credential) == (signer, "Test Signer", "Test role")
    assert review.of(Page.objects.get(), "en").reviewer == "Test Signer"


def test_the_clinics_facts_are_signed_too(client, signer):
    sign(client, signed_facts.FACTS_SUBJECT, signed_facts.facts_digest())
    assert signoff.is_signed(signed_facts.FACTS_SUBJECT, signed_facts.facts_digest())
    Clinic.objects.update(phone="+16025550142")
    assert not signoff.is_signed(signed_facts.FACTS_SUBJECT, signed_facts.facts_digest())


def test_a_text_that_changed_meanwhile_is_not_signed(client, signer):
    page = make_page()
    seen = review.digest(page, "en")
    Page.objects.update(lead_en="Changed meanwhile.")
    response = sign(client, "page/botox/en", seen)
    assert "The text changed while this page was open." in response.content.decode()
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("changes", [{"confirmed": ""}, {"credential": ""}, {"subject": "page/other/en x"}])
def test_a_signature_is_whole(client, signer, changes):
    page = make_page()
    assert sign(client, "page/botox/en", review.digest(page, "en"), **changes).status_code == 200
    assert not SignOff.objects.exists()


def test_an_account_without_a_name_signs_nothing(client):
    make_clinic()
    client.force_login(make_editor())
    response = sign(client, signed_facts.FACTS_SUBJECT, signed_facts.facts_digest())
    assert "Your account has no full name" in response.content.decode()
    assert not SignOff.objects.exists()


def test_a_signature_is_neither_changed_nor_deleted(client, signer):
    sign(client, signed_facts.FACTS_SUBJECT, signed_facts.facts_digest())
    signed = SignOff.objects.get()
    assert (
        client.post(f"/admin/treatments/signoff/{signed.pk}/change/", {"credential": "x"}).status_code == 403
    )
    assert client.post(f"/admin/treatments/signoff/{signed.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get("/admin/treatments/signoff/").status_code == 200


def test_the_very_text_is_shown_with_its_sources_and_kept(client, signer):
    make_source("trial-2010")
    page = make_page(lead_en="The answer.[@trial-2010]")
    make_section(page, body_en="- A **fact**\n- <script>alert(1)</script>")
    shown = client.get(f"{ADD}?subject=page/botox/en").content.decode()
    assert "<strong>fact</strong>" in shown
    assert "trial-2010: A trial. A Journal 2010. https://doi.org/10.1000/trial-2010" in shown
    assert "<script>alert" not in shown
    sign(client, "page/botox/en", review.digest(page, "en"))
    kept = SignOff.objects.get()
    assert signoff.digest(kept.lines) == kept.digest
    assert "The answer.[@trial-2010]" in kept.lines[0]["text"]


def test_what_changed_since_the_last_signature_is_shown(client, signer):
    page = make_page(lead_en="Half of all people.")
    sign(client, "page/botox/en", review.digest(page, "en"))
    assert "signed these words on" in client.get(f"{ADD}?subject=page/botox/en").content.decode()
    Page.objects.update(lead_en="Some of all people.")
    shown = client.get(f"{ADD}?subject=page/botox/en").content.decode()
    assert "Changed since Test Signer signed on" in shown
    assert re.search(r"<del>.*Half ?</del>", shown) and re.search(r"<ins>.*Some ?</ins>", shown)


def test_the_list_tells_the_state_of_each_text(client, signer):
    page = make_page()
    assert "Never signed" in client.get(ADD).content.decode()
    sign(client, "page/botox/en", review.digest(page, "en"))
    Page.objects.update(lead_en="Changed.")
    shown = client.get(ADD).content.decode()
    assert "Changed since" in shown and "Test Signer, Test role" in shown


@pytest.mark.parametrize(
    ("right", "allowed"),
    [
        ("sign_health", {"page/botox/en"}),
        ("sign_facts", {"clinic-facts"}),
        ("sign_spanish", {"page/botox/es"}),
    ],
)
def test_each_subject_has_its_right(client, right, allowed):
    make_clinic()
    page = make_page(title_es="T", short_title_es="T", lead_es="T", description_es="T")
    user = make_editor(first_name="Test", last_name="Signer")
    others = {"sign_health", "sign_facts", "sign_spanish"} - {right}
    user.user_permissions.remove(*Permission.objects.filter(codename__in=others))
    client.force_login(user)
    digests = {
        "page/botox/en": review.digest(page, "en"),
        "page/botox/es": review.digest(page, "es"),
        "clinic-facts": signed_facts.facts_digest(),
    }
    for key, digest in digests.items():
        assert client.get(f"{ADD}?subject={key}").status_code == (200 if key in allowed else 403)
        assert sign(client, key, digest).status_code == (302 if key in allowed else 403)
    assert {signed.subject for signed in SignOff.objects.all()} == allowed


def test_what_cannot_be_signed_is_not_found(client, signer):
    assert client.get(f"{ADD}?subject=page/none/en").status_code == 404


def test_who_may_not_sign_sees_no_list(client):
    client.force_login(User.objects.create_user("nurse1", is_staff=True))
    assert client.get(ADD).status_code == 403
