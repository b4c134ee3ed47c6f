"""What the requests add to the sign-off: the safety rules, and the Spanish that a life may hang on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from booking.form_gates import CRITICAL_SPANISH, SAFETY_RULES
from booking.rules import priority, safety, triage
from booking.rules.questions import SameDayCare
from treatments.editorial.signoff import SignedLine, Subject
from treatments.models.signoffs import SIGN_HEALTH, SIGN_SPANISH
from treatments.text.template_words import messages

FOLDERS: Final[list[Path]] = settings.TEMPLATES[0]["DIRS"]  # type: ignore[assignment]
# 45 CFR 92.201(c)(3): a qualified human translator reviews machine translation of critical text.
NOTICES: Final = "booking/messages"
EMERGENCY: Final = (
    "booking/intake/stop.html",
    "booking/intake/by_mistake.html",
    "booking/intake/while_you_wait.html",
    "booking/intake/same_day.html",
    "booking/intake/gets_worse.html",
    "booking/intake/not_for.html",
    "booking/intake/when_you_send.html",
    "booking/intake/kept_card.html",
    "components/alert_911.html",
    "components/help_988.html",
    "components/strip.html",
)


def rules() -> list[Subject]:
    """List the safety questions and the rules beside them, for a clinician."""
    label = gettext("The safety questions of the request form, and the rules of priority")
    return [Subject(SAFETY_RULES, label, safety_lines, SIGN_HEALTH)]


def spanish() -> list[Subject]:
    """List the critical Spanish of the request form and its messages, for a translator."""
    label = gettext("Spanish of safety questions, consent, emergency pages and messages")
    return [Subject(CRITICAL_SPANISH, label, spanish_lines, SIGN_SPANISH)]


def safety_lines() -> list[SignedLine]:
    """Return each question in English with its level, advice, topics and sources; then each rule."""
    with override("en"):
        questions = [_question(question) for question in safety.QUESTIONS]
        return [SignedLine("version", safety.VERSION), *questions, *(_rule(rule) for rule in triage.TOGETHER)]


def spanish_lines() -> list[SignedLine]:
    """Return the critical texts in Spanish, each beside its English."""
    found: dict[str, SignedLine] = {}
    for place, message in _critical():
        english, translated = (_in(code, message) for code in ("en", "es"))
        found.setdefault(english, SignedLine(f"{place}: {english[:60]}", translated, beside=english))
    return list(found.values())


def _question(question: safety.SafetyQuestion) -> SignedLine:
    asked = ", ".join(str(topic.label) for topic in safety.Topic if topic in question.topics)
    words = [
        str(question.text),
        str(
            _("Leads to: %(level)s. %(advice)s") % {"level": question.level.label, "advice": question.advice}
        ),
        str(_("Asked for: %(topics)s") % {"topics": asked}),
    ]
    return SignedLine(
        question.code, "\n\n".join(words), tuple(safety.SOURCES[key] for key in question.sources)
    )


def _rule(rule: triage.Rule) -> SignedLine:
    silent = ", ".join(sorted(rule.unless))
    leads = _("For staff alone. Suggests: %(priority)s. Silent when checked: %(codes)s")
    words = leads % {"priority": priority.PRIORITY_OF[rule.level].label, "codes": silent}
    return SignedLine(
        rule.code, f"{rule.words}\n\n{words}", tuple(safety.SOURCES[key] for key in rule.sources)
    )


def _in(language: str, message: str | Promise) -> str:
    with override(language):
        return gettext(message) if isinstance(message, str) else str(message)


def _critical() -> Iterator[tuple[str, Any]]:
    from booking.delivery import words
    from booking.intake.forms import CheckForm

    for question in safety.QUESTIONS:
        yield question.code, question.text
        yield question.code, question.advice
    for choice in SameDayCare:
        yield f"same day, {choice.value}", choice.label
    for name, field in CheckForm.base_fields.items():
        yield f"consent, {name}", field.label
    for table in (words.SUBJECTS, words.ONWARD, words.WHY_CLOSED):
        for key, text in table.items():
            yield f"message, {key}", text
    for template in (*_templates_in(NOTICES), *EMERGENCY):
        for message in messages(template):
            yield template, message


@cache
def _templates_in(folder: str) -> tuple[str, ...]:
    found = {path.relative_to(root).as_posix() for root in FOLDERS for path in (root / folder).glob("*.txt")}
    return tuple(sorted(found))
