from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests.treatments.factories import make_editor
from treatments import signoff
from treatments.models import SignOff

pytestmark = pytest.mark.django_db


def sign(subject: str, digest: str) -> SignOff:
    user = make_editor(username=f"signer{SignOff.objects.count()}")
    return SignOff.objects.create(
        subject=subject, digest=digest, signed_by=user, signer_name="Test Signer", credential="Test role"
    )


def test_a_digest_follows_the_content_and_not_its_order():
    assert signoff.digest({"a": 1, "b": 2}) == signoff.digest({"b": 2, "a": 1})
    assert signoff.digest(["a", "b"]) != signoff.digest(["b", "a"])
    assert signoff.digest("a text") != signoff.digest("a text ")


def test_a_signature_holds_for_exactly_the_text_that_was_signed():
    sign("rules", signoff.digest("first"))
    assert signoff.is_signed("rules", signoff.digest("first"))
    assert not signoff.is_signed("rules", signoff.digest("second"))
    assert not signoff.is_signed("other", signoff.digest("first"))


def test_the_newest_signature_counts():
    sign("rules", signoff.digest("first"))
    sign("rules", signoff.digest("second"))
    assert not signoff.is_signed("rules", signoff.digest("first"))
    assert signoff.is_signed("rules", signoff.digest("second"))


def test_a_signature_is_neither_changed_nor_deleted():
    signed = sign("rules", signoff.digest("first"))
    signed.signer_name = "Somebody else"
    with pytest.raises(TypeError):
        signed.save()
    with pytest.raises(TypeError):
        signed.delete()


@pytest.mark.parametrize("digest", ["", "x" * 64, "A" * 64, "a" * 63])
def test_the_database_takes_whole_digests_alone(digest):
    with pytest.raises(IntegrityError), transaction.atomic():
        sign("rules", digest)


def test_other_parts_of_the_site_add_their_own_subjects(monkeypatch):
    monkeypatch.setattr(signoff, "_providers", [])
    signoff.register(lambda: [signoff.Subject("rules", "Safety rules", lambda: signoff.digest("text"))])
    assert [subject.key for subject in signoff.subjects()] == ["rules"]
