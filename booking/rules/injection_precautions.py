"""What staff must know before anybody speaks of a shot of botulinum toxin. Shown as flags; rejects nobody.

Sources are letters of safety.SOURCES: L is the prescribing information with its boxed warning and medication
guide, M is clinical judgment, to be confirmed by the clinician.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking.rules.documents import ADULT_AGE, Answers
from booking.rules.questions import HeadacheHours, Health, LastToxin
from booking.rules.safety import Topic

# Of the label for chronic migraine in adults: 15 or more days a month, 4 hours a day or longer; of these at
# least 8 days like a migraine (ICHD-3 1.3).
HEADACHE_DAYS: Final = 15
MIGRAINE_DAYS: Final = 8


@dataclass(frozen=True)
class Matter:
    """An answer that matters: its code, a short name, why, its sources. `bars`: a contraindication."""

    code: str
    name: Promise
    why: Promise
    sources: str
    bars: bool = False


_TOLD = _("The medication guide asks to be told. Ask what and when")
# ruff: noqa: E501 (a flag a line is easier to read than one folded over five)
# fmt: off
MATTERS: Final = (
    Matter(Health.ALLERGY, _("Allergy to a toxin or albumin"), _("A contraindication of the label"), "L", bars=True),
    Matter(Health.REACTION, _("Former reaction to a shot"), _("Ask what happened, and after which product"), "M"),
    Matter(Health.INFECTION, _("Infection at the site"), _("A contraindication of the label while the site is infected"), "L", bars=True),
    Matter(Health.NERVE_MUSCLE, _("Nerve or muscle disease"), _("Effects that spread are a greater risk (boxed warning)"), "L"),
    Matter(Health.SWALLOWING, _("Swallowing or breathing"), _("Trouble with either can be life-threatening (boxed warning)"), "L"),
    Matter(Health.BLEEDING, _("Bleeding, blood thinner"), _("The medication guide asks to be told. Ask which medicine"), "L"),
    Matter(Health.PREGNANCY, _("Pregnant or breastfeeding"), _("Not known whether it harms a baby or passes into milk. Ask which it is"), "L"),
    Matter(Health.SURGERY_PLANNED, _("Surgery planned"), _TOLD, "L"),
    Matter(Health.FACE, _("Face surgery, weak lid or forehead"), _TOLD, "L"),
    Matter(Health.MEDICINES, _("Medicines that may add to it"), _("Which classes matter is for the clinician. Ask which medicine"), "LM"),
    Matter(LastToxin.RECENT, _("Toxin in the last 4 months"), _("Ask which product and when. Units of brands are not interchangeable"), "L"),
    Matter(LastToxin.UNSURE, _("Last toxin not known"), _("Ask which product and when"), "L"),
)
# fmt: on


@dataclass(frozen=True)
class Criterion:
    """A number of the label beside the patient's own: None says that the answer is missing."""

    name: Promise
    asks: Promise
    met: Callable[[Answers, int], bool | None]


def _at_least(name: str, least: int) -> Callable[[Answers, int], bool | None]:
    def met(told: Answers, age: int) -> bool | None:
        days: int | None = getattr(told, name)
        return None if days is None else days >= least

    return met


def _hours(told: Answers, age: int) -> bool | None:
    known = {HeadacheHours.OVER_4.value: True, HeadacheHours.UNDER_4.value: False}
    return known.get(told.headache_hours)


LABEL: Final = (
    Criterion(_("Headache days a month"), _("15 or more"), _at_least("headache_days", HEADACHE_DAYS)),
    Criterion(_("Of these, like a migraine"), _("8 or more (ICHD-3)"), _at_least("migraine_days", MIGRAINE_DAYS)),
    Criterion(_("A headache lasts"), _("4 hours a day or longer"), _hours),
    Criterion(_("Age"), _("18 or older"), lambda told, age: age >= ADULT_AGE),
)  # fmt: skip


def matters(told: Answers) -> tuple[Matter, ...]:
    """Return what matters of these answers, contraindications first."""
    codes = {*told.health, told.last_toxin}
    return tuple(sorted((one for one in MATTERS if one.code in codes), key=lambda one: not one.bars))


def beside_label(told: Answers, age: int) -> tuple[tuple[Criterion, bool | None], ...]:
    """Return the numbers of the label with whether these answers meet them; nothing but for migraine."""
    if told.topic != Topic.MIGRAINE:
        return ()
    return tuple((one, one.met(told, age)) for one in LABEL)
