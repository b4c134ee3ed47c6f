"""What a patient answered, in the order in which a triage nurse reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.models import ConsultationRequest
from booking.rules.documents import Answers
from booking.rules.questions import (
    Duration,
    HeadacheHours,
    Health,
    Imaging,
    JawOpening,
    LastToxin,
    Referral,
    SameDayCare,
    Tried,
)
from booking.rules.safety import BY_CODE, SOURCES, Level, at_level
from booking.rules.topics import HEADACHE, Feature, PainSite, is_asked
from booking.rules.triage import BY_CODE as RULE
from booking.rules.triage import TIGHT_JAW, words_of

NOT_GIVEN = ""
# What was said of the same-day signs, in the words of staff.
SAID_OF_CARE: Final[dict[str, Promise]] = {
    SameDayCare.TODAY: gettext_lazy("Said: it will be checked by a doctor that day. Kept the request."),
    SameDayCare.CHECKED: gettext_lazy("Said: a doctor has checked it."),
    NOT_GIVEN: gettext_lazy("Not said whether a doctor has checked it."),
}


@dataclass(frozen=True)
class AnswerLine:
    """One question in a few words, and its answer; no values means that none was given."""

    label: str
    values: tuple[str, ...]
    quoted: bool = False


@dataclass(frozen=True)
class AnswerSection:
    """Questions of one kind: the lines with an answer, and the questions without."""

    title: str
    lines: list[AnswerLine]

    @property
    def answered(self) -> list[AnswerLine]:
        """What was told."""
        return [line for line in self.lines if line.values]

    @property
    def blank(self) -> str:
        """What was not told, in one line, so that it takes no room and is not overlooked."""
        return ", ".join(line.label for line in self.lines if not line.values)


@dataclass(frozen=True)
class SafetyNote:
    """A safety rule that fired: its level, words, code and source."""

    level: str
    label: str
    text: str
    code: str
    source: str
    detail: str = ""


@dataclass(frozen=True)
class Score:
    """One number of the PEG, with ten blocks to see it by."""

    label: str
    number: int
    ends: str

    @property
    def blocks(self) -> list[bool]:
        """Ten blocks, as many filled as the number says."""
        return [place < self.number for place in range(10)]


def safety_notes(consultation: ConsultationRequest, answers: Answers) -> list[SafetyNote]:
    """Return the rules that fired, the most urgent first."""
    codes = dict.fromkeys([*consultation.priority_reasons, *answers.safety])
    return by_urgency([_note(code, answers) for code in codes])


def by_urgency(notes: list[SafetyNote]) -> list[SafetyNote]:
    """Return the notes, the most urgent first."""
    order = [Level.EMERGENCY.value, Level.SAME_DAY.value, Level.NOTE.value]
    return sorted(notes, key=lambda note: order.index(note.level))


def _note(code: str, answers: Answers) -> SafetyNote:
    rule = BY_CODE.get(code) or RULE.get(code)
    if rule is None:
        return SafetyNote(Level.NOTE, _("Note"), _("A question of an older set of rules"), code, "")
    source = ", ".join(SOURCES[letter].split(":")[0].split(";")[0] for letter in rule.sources)
    return SafetyNote(
        rule.level, str(rule.level.label), words_of(code), code, source, _detail(code, answers)
    )  # fmt: skip


def _detail(code: str, answers: Answers) -> str:
    """Return how we know, where the patient did not check it."""
    if code in answers.safety:
        return ""
    if code in RULE:
        return _("Not asked like this: it follows from other answers")
    if code == TIGHT_JAW:
        return _("Not checked, but: less than two fingers fit between the front teeth")
    if answers.medicine_days is None:
        return ""
    return _("Not checked, but: pain medicine on %(n)d days a month") % {"n": answers.medicine_days}


def peg(answers: Answers) -> list[Score]:
    """Return the PEG numbers that were given, each with what its end means (Krebs et al. 2009)."""
    worst, all_of_it = _("10: as bad as they can imagine"), _("10: pain interferes completely")
    labels = {
        "pain": (_("Pain on average"), worst),
        "enjoyment": (_("Enjoyment of life"), all_of_it),
        "activity": (_("General activity"), all_of_it),
    }
    numbers = [(label, getattr(answers, name), ends) for name, (label, ends) in labels.items()]
    return [Score(label, number, ends) for label, number, ends in numbers if number is not None]


def symptoms(answers: Answers) -> list[AnswerLine]:
    """Return what it is about and how it has been."""
    # Older requests were not asked where it hurts, and nothing of what comes with that.
    none_fits = _("None of the listed signs") if answers.where else NOT_GIVEN
    lines = [AnswerLine(_("Same-day sign"), (care,))] if (care := same_day_care(answers)) else []
    lines += [AnswerLine(_("Hopes for"), _text(answers.reason), quoted=True)]
    lines += [AnswerLine(_("Where"), _chosen(PainSite, *answers.where))]
    if is_asked("features", answers.topic):
        lines += [AnswerLine(_("Fits"), _chosen(Feature, *answers.features, none=none_fits))]
    if is_asked("jaw_opening", answers.topic):
        lines += [AnswerLine(_("Mouth opens, in fingers"), _chosen(JawOpening, answers.jaw_opening))]
    if answers.topic in HEADACHE:
        lines += [
            AnswerLine(_("Headache days a month"), _number(answers.headache_days)),
            *_migraine_days(answers),
            AnswerLine(_("A headache lasts"), _chosen(HeadacheHours, answers.headache_hours)),
            AnswerLine(_("Pain medicine, days a month"), _number(answers.medicine_days)),
        ]
    return [
        *lines,
        AnswerLine(_("Like this for"), _chosen(Duration, answers.duration)),
        AnswerLine(_("In their words"), _text(answers.in_own_words), quoted=True),
    ]


def same_day_care(answers: Answers) -> str:
    """Return what was said of the same-day signs, in the words of staff; "" without such a sign."""
    has_sign = answers.same_day_care or at_level(answers.safety, Level.SAME_DAY)
    return str(SAID_OF_CARE[answers.same_day_care]) if has_sign else ""


def _migraine_days(answers: Answers) -> list[AnswerLine]:
    if not is_asked("migraine_days", answers.topic):
        return []
    return [AnswerLine(_("Of these, like a migraine"), _number(answers.migraine_days))]


def history(answers: Answers, *, asked: bool) -> list[AnswerLine]:
    """Return what was tried, and what must be known before anybody speaks of a shot.

    `asked` says that the questions were asked: an empty answer then means "none of these".
    """
    none_tried = _("None of the listed treatments") if asked else NOT_GIVEN
    none_taken = _("None") if asked and answers.referral else NOT_GIVEN
    none_known = _("None of the listed conditions") if asked else NOT_GIVEN
    return [
        AnswerLine(_("Tried"), _chosen(Tried, *answers.tried, none=none_tried)),
        AnswerLine(_("More about treatments"), _text(answers.tried_other), quoted=True),
        AnswerLine(_("Last botulinum toxin"), _chosen(LastToxin, answers.last_toxin)),
        AnswerLine(_("Health"), _chosen(Health, *answers.health, none=none_known)),
        AnswerLine(_("Allergies"), _text(answers.allergies), quoted=True),
        AnswerLine(_("Pictures taken"), _chosen(Imaging, *answers.imaging, none=none_taken)),
        AnswerLine(_("Referral"), (*_chosen(Referral, answers.referral), *_text(answers.referrer))),
        *([AnswerLine(_("Our page said then"), answers.labels)] if answers.labels else []),
    ]


def _chosen(choices: type[TextChoices], *codes: str, none: str = NOT_GIVEN) -> tuple[str, ...]:
    labels = dict(choices.choices)
    chosen = tuple(str(labels.get(code, code)) for code in codes if code)
    return chosen or ((none,) if none else ())


def _number(value: int | None) -> tuple[str, ...]:
    return () if value is None else (str(value),)


def _text(value: Any) -> tuple[str, ...]:
    return (str(value),) if value else ()
