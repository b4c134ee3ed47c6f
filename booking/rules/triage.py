"""What answers other than the safety questions say about how soon to act: proposals, signed along with them.

A patient checks what they recognize. What they answer elsewhere may say yes to a safety question, or make
two harmless answers a sign together. Such a rule never stops anybody and is no diagnosis: it tells staff
whom to read first, with the source (letters of safety.SOURCES; M: clinical judgment, to be confirmed by the
clinician who signs). A changed rule raises safety.VERSION, which every request keeps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking.rules.documents import Answers
from booking.rules.questions import Duration, Health, JawOpening, LastToxin
from booking.rules.safety import BY_CODE as QUESTION
from booking.rules.safety import Level, Topic
from booking.rules.topics import HEADACHE, Feature

# ICHD-3 8.2 and the AAN patient guidance: taking pain medicine on 10 or more days a month can keep
# headaches going (medication overuse).
MEDICINE_DAYS_NOTE: Final = 10
OVERUSE: Final = "HD-8"
TIGHT_JAW: Final = "JW-1"
# From this age a new headache is checked the same day (question HD-4), and a bone breaks easily (BK-4).
OLDER_HEAD: Final = 50
OLDER_BONE: Final = 65
RuleCondition = Callable[[Answers, int | None], bool]


@dataclass(frozen=True)
class Rule:
    """A condition on the answers and the age in years (None: not known), what it leads to, and its source.

    The code is that of the safety question to which these answers say yes, or one of its own. A rule is
    silent once one of the questions of `unless` was checked: that says as much, or more.
    """

    code: str
    level: Level
    words: Promise
    sources: str
    applies: RuleCondition
    unless: frozenset[str] = frozenset()

    def fires(self, told: Answers, age: int | None) -> bool:
        """Return whether these answers meet the rule, and no checked question says it already."""
        return self.applies(told, age) and self.unless.isdisjoint(told.safety)


def _overuse(told: Answers, age: int | None) -> bool:
    return told.medicine_days is not None and told.medicine_days >= MEDICINE_DAYS_NOTE


def _tight(told: Answers, age: int | None) -> bool:
    return told.jaw_opening == JawOpening.UNDER_TWO


def _spread(told: Answers, age: int | None) -> bool:
    return Health.SWALLOWING in told.health and told.last_toxin == LastToxin.RECENT


def _jaw_and_throat(told: Answers, age: int | None) -> bool:
    return told.topic == Topic.TMJ and Health.SWALLOWING in told.health


def _new_headache(told: Answers, age: int | None) -> bool:
    return told.topic in HEADACHE and told.duration == Duration.WEEKS


def _new_headache_older(told: Answers, age: int | None) -> bool:
    return _new_headache(told, age) and age is not None and age >= OLDER_HEAD


def _new_headache_younger(told: Answers, age: int | None) -> bool:
    return _new_headache(told, age) and not _new_headache_older(told, age)


def _new_headache_pregnant(told: Answers, age: int | None) -> bool:
    return _new_headache(told, age) and Health.PREGNANCY in told.health


def _injured_older(told: Answers, age: int | None) -> bool:
    recent = told.topic == Topic.BACK_PAIN and told.duration == Duration.WEEKS
    return recent and Feature.INJURY in told.features and age is not None and age >= OLDER_BONE


_S, _N = Level.SAME_DAY, Level.NOTE
# ruff: noqa: E501 (a rule a line is easier to read, and to sign, than one folded over five)
# fmt: off
SAID_ELSEWHERE: Final = (
    Rule(TIGHT_JAW, QUESTION[TIGHT_JAW].level, _("Less than two fingers fit between the front teeth"), QUESTION[TIGHT_JAW].sources, _tight),
    Rule(OVERUSE, QUESTION[OVERUSE].level, _("Pain medicine on 10 or more days a month"), QUESTION[OVERUSE].sources, _overuse),
)
TOGETHER: Final = (
    Rule("ANS-1", _S, _("Botulinum toxin in the last 4 months, and trouble swallowing or breathing. Ask when it began"), "LM", _spread, frozenset({"ALL-4", "ALL-4B"})),
    Rule("ANS-2", _S, _("Jaw pain, and trouble swallowing or breathing. Ask whether it is new"), "DEM", _jaw_and_throat, frozenset({"JW-1A"})),
    Rule("ANS-3", _S, _("A headache that began less than 3 months ago, at 50 or older"), "AGM", _new_headache_older, frozenset({"HD-4"})),
    Rule("ANS-4", _S, _("Back pain since an injury less than 3 months ago, at 65 or older"), "CM", _injured_older, frozenset({"BK-4"})),
    Rule("ANS-5", _N, _("A headache that began less than 3 months ago"), "AM", _new_headache_younger, frozenset({"HD-4", "HD-7"})),
    Rule("ANS-6", _N, _("A headache that began less than 3 months ago. Pregnant, planning to be, or breastfeeding: ask which"), "AM", _new_headache_pregnant, frozenset({"HD-6", "HD-6A"})),
)
# fmt: on
RULES: Final = (*SAID_ELSEWHERE, *TOGETHER)
BY_CODE: Final = {rule.code: rule for rule in TOGETHER}


def fired(told: Answers, age: int | None) -> tuple[str, ...]:
    """Return the codes of the rules that these answers meet, in the order of the table."""
    return tuple(rule.code for rule in RULES if rule.fires(told, age))


def level_of(code: str) -> Level | None:
    """Return the level of a safety question or of a rule, None for a code of an older set."""
    known = QUESTION.get(code) or BY_CODE.get(code)
    return known.level if known else None


def words_of(code: str) -> str:
    """Return what a safety question asks or a rule says, "" for a code of an older set."""
    if question := QUESTION.get(code):
        return str(question.text)
    return str(BY_CODE[code].words) if code in BY_CODE else ""
