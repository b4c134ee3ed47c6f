"""The safety questions, asked before name and contact. Proposals until a clinician signs the set off.

One level per question: EMERGENCY stops the journey on a full page and nothing of the person is kept;
SAME_DAY gives advice by the clinic's hours, and the person may go on; NOTE is a flag for staff.
Where a source leaves a choice between the emergency room and the same day, the stricter one stands.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

VERSION: Final = "2026.3"

SOURCES: Final = {
    "A": "SNNOOP10: Do TP et al. Neurology 2019;92:134-144. doi:10.1212/WNL.0000000000006697",
    "B": "BMJ Best Practice, cauda equina syndrome; Greenhalgh and Finucane red flag card",
    "C": "IFOMPT: Finucane LM et al. JOSPT 2020;50(7):350-372",
    "D": "TMD red flags: Oral Surgery 2020;13:321-334. PMC8631581",
    "E": "Trismus: Beddis HP et al. Br Dent J 2014. doi:10.1038/sj.bdj.2014.862",
    "F": "American Heart Association and American Stroke Association: heart attack signs, FAST",
    "G": "nidirect.gov.uk: giant cell arteritis",
    "L": "BOTOX prescribing information and medication guide",
    "M": "Clinical judgment, to be confirmed by the clinician who signs",
}


class Level(TextChoices):
    """What a checked question leads to."""

    EMERGENCY = "911", _("911")
    SAME_DAY = "same-day", _("Same day")
    NOTE = "note", _("Note")


class Topic(TextChoices):
    """What a request is about: the slug of a condition page, or something else."""

    MIGRAINE = "migraine", _("Migraine")
    TENSION_HEADACHE = "tension-headache", _("Tension headache")
    BACK_PAIN = "back-pain", _("Back pain")
    TMJ = "tmj", _("Jaw pain (TMJ)")
    OTHER = "other", _("Something else")


@dataclass(frozen=True)
class SafetyQuestion:
    """One question: its code, level, words, the advice it brings, for whom it is asked, its sources."""

    code: str
    level: Level
    text: Promise
    advice: Promise
    topics: frozenset[Topic]
    sources: str


_ALL = frozenset(Topic)
_HEAD = frozenset({Topic.MIGRAINE, Topic.TENSION_HEADACHE})
_BACK = frozenset({Topic.BACK_PAIN})
_JAW = frozenset({Topic.TMJ})
_NOW = _("This can be a sign of something that needs emergency care now. A request would be too slow.")
_STROKE = _("These can be signs of a stroke. Every minute counts. Note what time it started.")
_HEART = _("These can be signs of a heart attack or of trouble with your lungs.")
_SPREAD = _("The medicine may have spread. Trouble breathing or swallowing can be life-threatening.")
_NERVES = _("The nerves at the end of your spine may be under pressure. They need care within hours.")
TODAY = _("A doctor should check this today.")
_PREGNANT = _("Call the doctor or midwife who looks after your pregnancy today, or go to an emergency room.")
_SHOT = _("Call the clinic that gave you the shot today. If you cannot reach anyone, go to urgent care.")
_JAW_TIGHT = _("A dentist or a doctor should look at your jaw today.")
_TELL = _("We will read this first and may call you sooner.")
_DENTIST = _("Show this to a dentist or a doctor soon. Do not wait for us if it gets worse.")


def _q(code: str, level: Level, text: Promise, advice: Promise, topics: frozenset[Topic],
       sources: str) -> SafetyQuestion:  # fmt: skip
    return SafetyQuestion(code, level, text, advice, topics, sources)


_E, _S, _N = Level.EMERGENCY, Level.SAME_DAY, Level.NOTE
# ruff: noqa: E501 (a question a line is easier to read, and to sign, than one folded over five)
# fmt: off
QUESTIONS: Final[tuple[SafetyQuestion, ...]] = (
    _q("ALL-1", _E, _("Face drooping, arm or leg weakness, or trouble speaking that came on fast"), _STROKE, _ALL, "F"),
    _q("ALL-2", _E, _("Chest pain or pressure, or trouble breathing. Or pain in your jaw, arm or back with sweating or feeling sick"), _HEART, _ALL, "F"),
    _q("ALL-4", _E, _("You had BOTOX® or another botulinum toxin in the past weeks. Now it is hard to swallow, speak or breathe, or you get weaker"), _SPREAD, _ALL, "L"),
    _q("ALL-5A", _E, _("A fever with a headache, and a stiff neck or confusion"), _NOW, _BACK | _JAW, "A"),
    _q("HD-1", _E, _("The worst headache of your life, or one that hit full force in about a minute"), _NOW, _HEAD | {Topic.OTHER}, "A"),
    _q("HD-2", _E, _("You have a headache. You are also confused or faint, have a seizure or a stiff neck, or are newly weak or numb"), _NOW, _HEAD | {Topic.OTHER}, "A"),
    _q("HD-3A", _E, _("A blow to the head in recent weeks, and you are drowsy, throw up, or take a blood thinner"), _NOW, _HEAD, "A"),
    _q("HD-5", _E, _("Sudden loss of sight, or a red eye that hurts"), _NOW, _HEAD | _JAW, "A"),
    _q("HD-6A", _E, _("You are pregnant, or gave birth in the last 6 weeks. Your head hurts, and your sight changes or you have a seizure"), _NOW, _HEAD, "A"),
    _q("BK-1", _E, _("Numbness between your legs, or around your genitals or bottom"), _NERVES, _BACK | {Topic.OTHER}, "B"),
    _q("BK-2", _E, _("New trouble starting, holding or feeling your pee or poop"), _NERVES, _BACK | {Topic.OTHER}, "B"),
    _q("BK-3", _E, _("Both legs newly weak or numb, or you get weaker fast, or new numbness during sex"), _NERVES, _BACK | {Topic.OTHER}, "B"),
    _q("BK-4", _E, _("Back pain after a bad fall or crash. Or after any fall, if you are 65 or older, have thin bones or take steroids long term"), _NOW, _BACK, "C"),
    _q("BK-5", _E, _("Back pain with a fever. Or back pain after you injected drugs, or soon after an infection or a spine procedure"), _NOW, _BACK, "C"),
    _q("BK-6", _E, _("Sudden tearing pain in your belly or back, or you fainted"), _NOW, _BACK, "M"),
    _q("JW-1A", _E, _("You have jaw trouble. Your neck or face swells, you drool, have a fever, or find it hard to breathe or swallow"), _NOW, _JAW, "DE"),
    _q("JW-3", _E, _("A jaw that is stuck open or shut, or an injury to your face"), _NOW, _JAW, "D"),
    _q("ALL-4B", _S, _("You had BOTOX® or another botulinum toxin in the past weeks. Now you have a droopy eyelid, double vision, a hoarse voice, or you leak pee"), _SHOT, _ALL, "L"),
    _q("ALL-5", _S, _("Fever with very bad pain, or you feel very ill"), TODAY, _ALL, "AC"),
    _q("ALL-6A", _S, _("New pain, if you have or had cancer or a weak immune system. Or new pain, and you lost weight and do not know why"), TODAY, _ALL, "ACD"),
    _q("HD-3", _S, _("A blow to the head in recent weeks, and headaches since"), TODAY, _HEAD, "A"),
    _q("HD-4", _S, _("You are 50 or older. You have a new headache, a sore scalp, jaw pain when you chew, or a change in sight"), TODAY, _HEAD, "AG"),
    _q("HD-6", _S, _("Pregnant, or gave birth in the last 6 weeks, and the headache is new or bad"), _PREGNANT, _HEAD, "A"),
    _q("JW-1", _S, _("Your mouth does not open wide enough for two fingers, or it is getting tighter"), _JAW_TIGHT, _JAW, "DEM"),
    _q("JW-4", _S, _("You are 50 or older. Your jaw hurts when you chew, and you have a headache, a sore scalp or a change in sight"), TODAY, _JAW, "GD"),
    _q("ALL-6", _N, _("Cancer now or before, or a weak immune system, as from HIV, chemo or steroids. Or you lost weight and do not know why"), _TELL, _ALL, "ACD"),
    _q("HD-7", _N, _("A new or changing headache. Or it gets worse when you lie, stand, cough, strain or work out. Or it first came after age 65"), _TELL, _HEAD, "A"),
    _q("HD-8", _N, _("Pain medicine on 10 or more days a month"), _TELL, _HEAD, "A"),
    _q("BK-7", _N, _("Back pain that never eases, or is worse at night"), _TELL, _BACK, "C"),
    _q("JW-2", _N, _("A lump, or a mouth sore for more than 3 weeks. Or a numb face, a change in hearing, or many nosebleeds"), _DENTIST, _JAW, "DM"),
)
# fmt: on
BY_CODE: Final = {question.code: question for question in QUESTIONS}


def questions_for(topic: str) -> tuple[SafetyQuestion, ...]:
    """Return the questions to ask about a topic, the most urgent first."""
    return tuple(question for question in QUESTIONS if topic in question.topics)


def at_level(codes: Iterable[str], level: Level) -> tuple[SafetyQuestion, ...]:
    """Return the questions among `codes` that have this level. Unknown codes (an older set) are left out."""
    return tuple(BY_CODE[code] for code in codes if code in BY_CODE and BY_CODE[code].level == level)


def digest() -> str:
    """Return the hash that a sign-off of this rule set names: any changed word or level changes it."""
    with override("en"):
        rows = [
            [q.code, q.level.value, str(q.text), str(q.advice), sorted(q.topics), q.sources]
            for q in QUESTIONS
        ]
    return hashlib.sha256(json.dumps([VERSION, rows]).encode()).hexdigest()
