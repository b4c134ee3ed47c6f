"""The questions of the self-check and their answers, page by page.

The criteria behind them: onabotulinumtoxinA label, sections 1 (chronic migraine: 15 or more headache days a
month, 4 hours a day or longer, adults), 4 (contraindications) and 5 (warnings); its Medication Guide (what to
tell the doctor); ICHD-3 1.3 (more than 3 months) and 8.2 (medication overuse: 15 days, 10 for some drugs).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NONE: Final = "none"


class Pain(TextChoices):
    """The kind of pain: the slug of its condition page."""

    MIGRAINE = "migraine", _("Migraine, or headaches of another kind")
    TENSION_HEADACHE = "tension-headache", _("Tension headache, like a tight band")
    TMJ = "tmj", _("Jaw pain (TMJ)")
    BACK_PAIN = "back-pain", _("Back pain")


ANY: Final = frozenset(Pain)
HEAD: Final = frozenset({Pain.MIGRAINE, Pain.TENSION_HEADACHE})


@dataclass(frozen=True)
class AnswerChoice:
    """One answer, and the kinds of pain for which it is offered."""

    code: str
    words: str | Promise
    pains: frozenset[Pain] = ANY


@dataclass(frozen=True)
class Question:
    """One question. `name` stands in the list of answers, `missing` where none was chosen.

    With `many`, several answers can be checked, or the one with the code NONE alone.
    """

    code: str
    words: str | Promise
    name: str | Promise
    missing: str | Promise
    choices: tuple[AnswerChoice, ...]
    hint: str | Promise = ""
    many: bool = False
    conflict: str | Promise = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all answers, in order."""
        return tuple(choice.code for choice in self.choices)

    def offered(self, pain: str) -> tuple[AnswerChoice, ...]:
        """Return the answers that fit a kind of pain; "" offers all."""
        return tuple(choice for choice in self.choices if not pain or pain in choice.pains)


@dataclass(frozen=True)
class QuestionPage:
    """The questions of one page; `title` heads it where there are several."""

    code: str
    title: str | Promise
    questions: tuple[Question, ...]
    pains: frozenset[Pain] = ANY


_YES: Final = AnswerChoice("yes", _("Yes"))
_NO: Final = AnswerChoice("no", _("No"))
_UNSURE: Final = AnswerChoice("unsure", _("I am not sure"))

PAIN: Final = Question(
    "pain",
    _("What kind of pain do you have?"),
    _("Kind of pain"),
    _("Select what kind of pain you have"),
    tuple(AnswerChoice(pain.value, pain.label) for pain in Pain),
    hint=_("Choose the one that troubles you most. Not sure which headache you have? Choose the first."),
)
AGE: Final = Question(
    "age",
    _("Are you 18 or older?"),
    _("Age 18 or over"),
    _("Select if you are 18 or older"),
    (_YES, _NO),
)
DAYS: Final = Question(
    "days",
    _("On how many days a month do you have a headache?"),
    _("Headache days a month"),
    _("Select on how many days a month you have a headache"),
    (AnswerChoice("15-or-more", _("15 or more")), AnswerChoice("fewer", _("Fewer than 15")), _UNSURE),
    hint=_("Count mild ones too. A guess is fine."),
)
MONTHS: Final = Question(
    "months",
    _("Has it been like this for more than 3 months?"),
    _("More than 3 months"),
    _("Select if it has been like this for more than 3 months"),
    (_YES, _NO, _UNSURE),
)
HOURS: Final = Question(
    "hours",
    _("Without medicine, do your headaches last 4 hours or more?"),
    _("Lasting 4 hours or more"),
    _("Select if your headaches last 4 hours or more"),
    (_YES, _NO, _UNSURE),
)
MEDICINE: Final = Question(
    "medicine",
    _("How often do you take medicine for your headaches?"),
    _("Pain-medicine days a month"),
    _("Select how often you take medicine for your headaches"),
    (
        AnswerChoice("simple", _("A simple pain pill, on 15 or more days a month")),
        AnswerChoice("strong", _("A triptan, an opioid or a mix pill, on 10 or more days a month")),
        AnswerChoice("fewer", _("On fewer days than that, or never")),
        _UNSURE,
    ),
    hint=_("Simple pain pills are those from the store with one drug in them. Mix pills have two or more."),
)
TRIED: Final = Question(
    "tried",
    _("Have you tried other treatments for this pain?"),
    _("Other treatments tried"),
    _("Select if you have tried other treatments"),
    (_YES, AnswerChoice("no", _("Not yet")), _UNSURE),
    hint=_("For example a daily pill to prevent it, exercise, physical therapy or counseling."),
)
HEALTH: Final = Question(
    "health",
    _("Do any of these apply to you?"),
    _("Your health"),
    _("Select what applies to you, or “No, none of these apply to me”"),
    (
        AnswerChoice("allergy", _("An allergy to a botulinum toxin product or to albumin")),
        AnswerChoice("infection", _("A skin infection where a shot might go")),
        AnswerChoice("nerve-muscle", _("ALS, myasthenia gravis or Lambert-Eaton syndrome")),
        AnswerChoice("swallowing", _("Trouble swallowing or breathing")),
        AnswerChoice("pregnancy", _("Pregnant, planning to be, or breastfeeding")),
        AnswerChoice("bleeding", _("A bleeding problem, or you take a blood thinner")),
        AnswerChoice("toxin", _("A botulinum toxin shot in the last 4 months")),
        AnswerChoice("surgery", _("Surgery planned soon")),
        AnswerChoice(
            "face",
            _("Surgery on your face, a droopy eyelid or a weak forehead"),
            frozenset({*HEAD, Pain.TMJ}),
        ),
        AnswerChoice("medicines", _("Other medicines, with or without a prescription")),
        AnswerChoice(NONE, _("No, none of these apply to me")),
    ),
    hint=_("Check all that apply. Sudden trouble breathing or swallowing? Call 911 now."),
    many=True,
    conflict=_("Select what applies to you, or “No, none of these apply to me”, but not both"),
)

STEPS: Final = (
    QuestionPage("pain", "", (PAIN,)),
    QuestionPage("age", "", (AGE,)),
    QuestionPage("pattern", _("Your headaches"), (DAYS, MONTHS, HOURS), frozenset({Pain.MIGRAINE})),
    QuestionPage("medicine", "", (MEDICINE,), HEAD),
    QuestionPage("tried", "", (TRIED,)),
    QuestionPage("health", "", (HEALTH,)),
)
QUESTIONS: Final = tuple(question for step in STEPS for question in step.questions)
