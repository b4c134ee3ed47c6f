from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from tests.treatments.factories import make_editor
from treatments.editorial import signoff
from treatments.editorial.signoff import SignedLine, Subject
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


LINES = [
    SignedLine("one", "First words.", ("trial-2010: A trial.",)),
    SignedLine("two", "Zwei", beside="Two"),
]


def subject(key: str, lines: list[SignedLine]) -> Subject:
    return Subject(key, "Test subject", lambda: lines, "sign_health")


def sign_lines(key: str, lines: list[SignedLine]) -> SignOff:
    signed = sign(key, signoff.digest_of(lines))
    SignOff.objects.filter(pk=signed.pk).update(lines=signoff.as_data(lines))
    return SignOff.objects.get(pk=signed.pk)


def test_other_parts_of_the_site_add_their_own_subjects(monkeypatch):
    monkeypatch.setattr(signoff, "_providers", {})
    signoff.register("rules", lambda: [subject("rules", LINES)])
    assert [one.key for one in signoff.subjects()] == ["rules"]
    assert signoff.find("rules").lines() == LINES
    assert signoff.find("nothing") is None


def test_a_subject_is_looked_for_where_its_key_belongs(monkeypatch):
    monkeypatch.setattr(signoff, "_providers", {})

    def never():
        raise AssertionError("asked for another's subject")

    signoff.register("page/", never)
    signoff.register("rules", lambda: [subject("rules", LINES)])
    assert signoff.find("rules")
    assert not signoff.stands("rules")
    sign_lines("rules", LINES)
    assert signoff.stands("rules")


@pytest.mark.parametrize(
    "other",
    [
        SignedLine("one", "Other words.", ("trial-2010: A trial.",)),
        SignedLine("one", "First words.", ("trial-2010: Another trial.",)),
        SignedLine("1", "First words.", ("trial-2010: A trial.",)),
        SignedLine("one", "First words.", ("trial-2010: A trial.",), beside="English"),
    ],
    ids=["words", "source", "place", "english"],
)
def test_the_fingerprint_is_that_of_all_that_is_shown(other):
    assert signoff.digest_of([other, LINES[1]]) != signoff.digest_of(LINES)


def test_what_changed_since_is_told_line_by_line():
    signed = sign_lines("rules", LINES)
    now = [replace(LINES[0], text="First word."), SignedLine("three", "New")]
    assert signoff.changes(signed, LINES) == []
    assert signoff.changes(signed, now) == [
        signoff.Change("one", "First words.\ntrial-2010: A trial.", "First word.\ntrial-2010: A trial."),
        signoff.Change("three", None, "New"),
        signoff.Change("two", "Zwei\n(Two)", None),
    ]


def test_a_signature_covers_the_lines_it_was_given_for():
    sign_lines("rules", LINES)
    assert signoff.covers("rules", LINES[:1])
    assert not signoff.covers("rules", [SignedLine("one", "Other")])
    assert not signoff.covers("other", LINES[:1])
