"""Nobody is told to take less of a pain medicine without hearing not to stop it alone, in either language."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.core.exceptions import ValidationError
from django.utils import translation

from clinic_site.catalogue import LOCALE
from tests.treatments.shipped.shipped import PAGES
from treatments.models import references
from treatments.selfcheck.options import NEXT, OPTIONS
from treatments.selfcheck.reason import DO_NOT_STOP
from treatments.selfcheck.rules import REASONS
from treatments.shipped.content_files import CONTENT
from treatments.text import content_checks
from treatments.text.medicine_advice import Passage, missing_cautions

FILES = [*(f"pages/{key}.md" for key in PAGES), "faqs.md"]
ENGLISH = "Do not stop or cut down on your own. Ask first."
SPANISH = "No deje ni reduzca una medicina por su cuenta. Pregunte primero."


def asked(text: str) -> list[str]:
    """Return the cautions that an editor is asked for."""
    return [caution for _medicine, caution in content_checks.missing_cautions_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The guideline advises against opioids.",
        "Avoid butalbital.",
        "Do not take muscle relaxants for it.",
        "Benzodiazepines should not be used.",
        "Take fewer **pain pills**.",
        "Painkillers too often can keep headaches going.[@ichd-3]",
        "- move\n- limit triptans to 10 days",
        "Do not take these:\n\n- opioids\n- a fourth cup of coffee",
        "::: do-not Do not\n- start with opioids\n- wait\n:::",
        "::: steps\n1. **Fewer pain-medicine days** Count them.\n:::",
        "| Pain | First |\n|---|---|\n| Migraine | Fewer pain-medicine days |",
        "Do not take opioids.\n\nDo not stop or cut down on your own. Ask first.",
    ],
)
def test_advice_against_a_pain_medicine_asks_for_the_caution_beside_it(text):
    assert asked(text) == [ENGLISH]


@pytest.mark.parametrize(
    "text",
    [
        "La guía aconseja no usar opioides.",
        "Evite el butalbital.",
        "No tome relajantes musculares.",
        "Reduzca las benzodiazepinas.",
        "Tome menos **pastillas para el dolor**.",
        "Los calmantes muy seguido pueden hacer que el dolor siga.",
        "::: do-not Tenga cuidado\n- no empiece con opioides\n- no espere\n:::",
    ],
)
def test_spanish_advice_asks_for_the_spanish_caution(text):
    assert asked(text) == [SPANISH]


@pytest.mark.parametrize(
    "text",
    [
        f"The guideline advises against opioids.[@a] {ENGLISH}",
        "::: do-not Do not\n- take opioids\n- stop or cut down on your own: ask first\n:::",
        "::: do-not Do not\n- take opioids\n- stop or cut down opioids on your own: ask us first\n:::",
        f"La guía aconseja no usar opioides.[@a] {SPANISH}",
        "::: do-not Cuidado\n- no tome opioides\n- no los deje ni los reduzca por su cuenta: pregunte\n:::",
        "Could my pain medicine be part of the problem?",
        "Write down each day you take pain medicine.\n\nDo not drive.",
        "Apunte cada día que toma medicina para el dolor.",
    ],
)
def test_a_caution_beside_the_advice_is_enough_and_a_mention_needs_none(text):
    assert asked(text) == []


@pytest.mark.django_db
def test_an_editor_is_told_what_to_write():
    with pytest.raises(ValidationError) as caught:
        references.check_draft("Avoid opioids.")
    assert caught.value.messages == [
        f"Stopping “opioids” suddenly can be dangerous. Beside this advice, write: {ENGLISH}"
    ]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_shipped_page_leaves_it_out(language, name):
    text = (CONTENT / language / name).read_text(encoding="utf-8")
    front, body = text.split("+++\n", 2)[1:] if text.startswith("+++\n") else ("", text)
    assert [asked(part) for part in (body, *_texts(tomllib.loads(front))) if asked(part)] == []


@pytest.mark.parametrize("name", ["conditions.toml", "clinic.toml", "demo.toml"])
def test_no_shipped_row_leaves_it_out(name):
    rows = tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))
    assert [text for text in _texts(rows) if asked(text)] == []


def _texts(value: Any) -> Iterator[str]:
    """Yield every string of a TOML table, however deep."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str):
        yield value


def _said_by_the_self_check() -> list[list[str]]:
    """Return what the self-check shows together: a reason with its step, or one option."""
    options = [option for table in (OPTIONS, NEXT) for found in table.values() for option in found]
    return [
        *([str(reason.title), str(reason.text), str(reason.then)] for reason in REASONS),
        *([str(option.words)] for option in options),
    ]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_self_check_says_it_with_every_reason_and_option(language):
    with translation.override(language):
        assert [words for words in _said_by_the_self_check() if [*missing_cautions(Passage(words))]] == []


def test_no_other_sentence_of_the_site_leaves_it_out():
    """Forms and mails too: all that the catalogue holds, but for reasons that carry their own step."""
    with (LOCALE / "es" / "LC_MESSAGES" / "django.po").open("rb") as catalogue:
        messages = [message for message in read_po(catalogue) if isinstance(message.id, str)]
    with translation.override("en"):
        beside_a_step = {str(reason.text) for reason in REASONS if reason.then == DO_NOT_STOP}
    others = [message for message in messages if message.id not in beside_a_step]
    said = [words for message in others for words in (message.id, message.string)]
    assert [words for words in said if [*missing_cautions(Passage([words]))]] == []
