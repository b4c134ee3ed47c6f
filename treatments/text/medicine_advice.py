"""Advice not to take a pain medicine, or to take less of it, and the caution that must stand beside it.

Stopping opioids, benzodiazepines or butalbital suddenly can cause withdrawal, seizures and death: FDA Drug
Safety Communications of April 9, 2019 (opioids) and of September 23, 2020 (benzodiazepines); Case Reports in
Psychiatry 2021, 6371953 (butalbital). A reader cannot be asked to know which of the pills those are, so every
medicine for pain counts. The rule asks too often rather than too seldom: a caution more does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Language:
    """How a language names the medicines, how it advises against them, and the caution in full."""

    medicine: re.Pattern[str]
    against: re.Pattern[str]
    cautioned: re.Pattern[str]
    caution: str


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


LANGUAGES: Final = (
    Language(
        medicine=_words(
            r"opioids?|tramadol|butalbital|relaxants?|benzodiazepines?|triptans?|painkillers?"
            r"|(?:combined|combination|mix) pills?|pain[- ](?:medicines?|medication|pills?|killers?)"
        ),
        against=_words(
            r"do not|don['’]t|should not|never|not (?:to )?(?:take|use|recommended)|avoid|against|limit"
            r"|the line is|fewer \w+|less|stop|cut|reduce|too (?:often|many|much)|keep (?:the )?\w+ going"
        ),
        cautioned=re.compile(r"\bstop or cut down\b[^.:]*\bon your own\W+ask\b", re.IGNORECASE),
        caution="Do not stop or cut down on your own. Ask first.",
    ),
    Language(
        medicine=_words(
            r"opioides?|tramadol|butalbital|relajantes?|benzodiazepinas?|triptán|triptanes|analgésicos?|calmantes?"
            r"|pastillas? combinadas?|medicinas? sencillas?|(?:pastillas?|medicinas?)(?: \w+)? para el dolor"
        ),
        against=_words(
            r"no (?:se )?(?:debe|debería|tome|tomar|use|usar|recomienda|aconseja)n?|nunca|evit(?:e|ar)"
            r"|en contra|límite|menos \w+|deje|dejar|reduzca|reducir|muy seguido|demasiad[oa]s?|sigan?|seguir"
        ),
        cautioned=re.compile(
            r"\bdeje ni (?:l[ao]s? )?reduzca\b[^.:]*\bpor su cuenta\W+preg[uú]nte", re.IGNORECASE
        ),
        caution="No deje ni reduzca una medicina por su cuenta. Pregunte primero.",
    ),
)


@dataclass(frozen=True)
class Passage:
    """What is read as one: a paragraph, a list item, a cell of a table, or a box with its title.

    `forbids` says that all of it is advice against something, as a box of the kind `do-not` is.
    """

    blocks: Sequence[str]
    title: str = ""
    forbids: bool = False


def missing_cautions(passage: Passage) -> Iterator[tuple[str, str]]:
    """Yield the medicine that is advised against, and the caution that is missing beside it.

    In a box that forbids, a medicine with the same name in both languages brings the caution in both.
    """
    whole = " ".join([passage.title, *passage.blocks])
    if any(language.cautioned.search(whole) for language in LANGUAGES):
        return
    for language in LANGUAGES:
        named = ((block, found) for block in passage.blocks if (found := language.medicine.search(block)))
        for block, medicine in named:
            if passage.forbids or language.against.search(f"{passage.title} {block}"):
                yield medicine[0], language.caution
                break
