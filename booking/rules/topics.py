"""What is asked only about some topics: the questions, and the answers to choose from. Plain data.

Headache questions follow the ICHD-3 criteria (cephalalgia 2018;38:1-211): 1.3 chronic migraine counts
headache days and days with migraine features, 2 tension-type headache is pressing and on both sides,
8.2 medication overuse counts days with pain medicine. They are questions, not a diagnosis.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from booking.rules.safety import Topic


class PainSite(TextChoices):
    """Where it hurts."""

    HEAD_ONE_SIDE = "head-one-side", _("One side of my head")
    HEAD_BOTH_SIDES = "head-both-sides", _("Both sides of my head")
    FOREHEAD = "forehead", _("Forehead, or behind my eyes")
    HEAD_BACK = "head-back", _("Back of my head")
    FACE = "face", _("Face")
    JAW_LEFT = "jaw-left", _("Left side of my jaw")
    JAW_RIGHT = "jaw-right", _("Right side of my jaw")
    TEMPLE = "temple", _("Temple, or in front of my ear")
    NECK = "neck", _("Neck")
    SHOULDER = "shoulder", _("Shoulder")
    ARM = "arm", _("Arm or hand")
    BACK_UPPER = "back-upper", _("Upper back")
    BACK_LOWER = "back-lower", _("Lower back")
    BUTTOCK = "buttock", _("Hip or buttock")
    LEG = "leg", _("Leg or foot")
    BELLY = "belly", _("Belly or pelvis")
    ELSEWHERE = "elsewhere", _("Somewhere else")


class Feature(TextChoices):
    """What fits the pain."""

    PRESSING = "pressing", _("It presses or tightens, like a band")
    BOTH_SIDES = "both-sides", _("It is on both sides at once")
    CLICKING = "clicking", _("My jaw clicks or pops")
    CLENCHING = "clenching", _("I clench my jaw or grind my teeth")
    DENTIST = "dentist", _("A dentist has looked at it")
    BELOW_KNEE = "below-knee", _("Pain that runs down my leg, below the knee")
    LEG_NUMB = "leg-numb", _("A leg or foot that is numb or tingles")
    INJURY = "injury", _("It began after an injury")
    BACK_SURGERY = "back-surgery", _("I have had back surgery")


HEADACHE: Final = frozenset({Topic.MIGRAINE.value, Topic.TENSION_HEADACHE.value})
_HEAD: Final = (
    PainSite.HEAD_ONE_SIDE,
    PainSite.HEAD_BOTH_SIDES,
    PainSite.FOREHEAD,
    PainSite.HEAD_BACK,
    PainSite.FACE,
    PainSite.NECK,
)
_JAW: Final = (PainSite.JAW_LEFT, PainSite.JAW_RIGHT, PainSite.TEMPLE, PainSite.FACE, PainSite.NECK)
_BACK: Final = (PainSite.BACK_UPPER, PainSite.BACK_LOWER, PainSite.BUTTOCK, PainSite.LEG, PainSite.NECK)
_UPPER: Final = (PainSite.HEAD_BACK, PainSite.FACE, PainSite.NECK, PainSite.SHOULDER, PainSite.ARM)
_LOWER: Final = (PainSite.BACK_UPPER, PainSite.BACK_LOWER, PainSite.BUTTOCK, PainSite.LEG, PainSite.BELLY)

PLACES: Final[Mapping[str, tuple[PainSite, ...]]] = {
    Topic.MIGRAINE.value: (*_HEAD, PainSite.ELSEWHERE),
    Topic.TENSION_HEADACHE.value: (*_HEAD, PainSite.ELSEWHERE),
    Topic.TMJ.value: (*_JAW, PainSite.ELSEWHERE),
    Topic.BACK_PAIN.value: (*_BACK, PainSite.ELSEWHERE),
    Topic.OTHER.value: (*_UPPER, *_LOWER, PainSite.ELSEWHERE),
}
FEATURES: Final[Mapping[str, tuple[Feature, ...]]] = {
    Topic.TENSION_HEADACHE.value: (Feature.PRESSING, Feature.BOTH_SIDES),
    Topic.TMJ.value: (Feature.CLICKING, Feature.CLENCHING, Feature.DENTIST),
    Topic.BACK_PAIN.value: (Feature.BELOW_KNEE, Feature.LEG_NUMB, Feature.INJURY, Feature.BACK_SURGERY),
}
# The topics that a question is asked about; a question that is not named here is asked about all of them.
ONLY_ABOUT: Final[Mapping[str, frozenset[str]]] = {
    "features": frozenset(FEATURES),
    "jaw_opening": frozenset({Topic.TMJ.value}),
    "headache_days": HEADACHE,
    "migraine_days": frozenset({Topic.MIGRAINE.value}),
    "headache_hours": HEADACHE,
    "medicine_days": HEADACHE,
}


def is_asked(question: str, topic: str) -> bool:
    """Return whether a question is asked about a topic; "" stands for every topic."""
    return not topic or question not in ONLY_ABOUT or topic in ONLY_ABOUT[question]


def places_for(topic: str) -> tuple[PainSite, ...]:
    """Return the places to choose from; "" stands for every topic."""
    return PLACES.get(topic, tuple(PainSite))


def features_for(topic: str) -> tuple[Feature, ...]:
    """Return the features to choose from; "" stands for every topic."""
    return FEATURES.get(topic, () if topic else tuple(Feature))
