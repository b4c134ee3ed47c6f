"""What is signed of the requests: the rules in English, and the Spanish that a life may hang on."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from booking import signing
from booking.rules import safety, triage
from treatments.editorial import signoff


def test_every_rule_is_signed_with_its_level_advice_topics_and_source():
    lines = {line.place: line for line in signing.safety_lines()}
    assert set(lines) == {"version", *safety.BY_CODE, *triage.BY_CODE}
    one = lines["ALL-1"]
    for part in ("Face drooping", "Leads to: 911", "signs of a stroke", "Asked for: Migraine"):
        assert part in one.text
    assert one.sources == (safety.SOURCES["F"],)
    rule = lines["ANS-3"]
    assert "at 50 or older" in rule.text and "Suggests: Same day. Silent when checked: HD-4" in rule.text


def test_a_changed_rule_changes_what_is_signed(monkeypatch):
    before = signoff.digest_of(signing.safety_lines())
    monkeypatch.setattr(safety, "VERSION", "changed")
    assert signoff.digest_of(signing.safety_lines()) != before


def test_the_rules_read_the_same_whoever_asks():
    with override("es"):
        spanish = signing.safety_lines()
    assert spanish == signing.safety_lines()


@pytest.mark.parametrize(
    "english",
    [
        "These can be signs of a stroke. Every minute counts. Note what time it started.",
        "I agree that the clinic may use these answers to arrange my care.",
        "Call 911 now",
        "We have your request. Nothing is booked yet.",
        "If it is an emergency, call 911. Do not wait for us.",
        "Your visit is booked",
    ],
    ids=["safety", "consent", "emergency page", "message", "end of a message", "subject"],
)
def test_critical_spanish_stands_beside_its_english(english):
    assert english in {line.beside for line in signing.spanish_lines()}


def test_each_sentence_is_signed_once():
    beside = [line.beside for line in signing.spanish_lines()]
    assert len(beside) == len(set(beside)) > 100


def test_the_catalogue_of_spanish_is_what_is_signed(monkeypatch):
    def translated(message: str) -> str:
        return f"ES {message}"

    monkeypatch.setattr(signing, "gettext", translated)
    changed = {line.text for line in signing.spanish_lines() if line.place.startswith("booking/messages")}
    assert changed and all(text.startswith("ES ") for text in changed)
