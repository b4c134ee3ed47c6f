"""The two documents of a request as a FHIR QuestionnaireResponse: one item a question, in a group each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import TextChoices

from booking.rules import questions as q
from booking.rules.documents import Answers, Person
from booking.rules.safety import BY_CODE, Topic
from booking.rules.topics import Feature, PainSite


@dataclass(frozen=True)
class Question:
    """A field of a document, the words for it, and the choices that its codes are of."""

    field: str
    text: str
    choices: type[TextChoices] | None = None


ANSWERS: Final = (
    Question("topic", "About", Topic),
    Question("reason", "Hopes for"),
    Question("safety", "Safety questions checked"),
    Question("same_day_care", "What was said of the same-day signs", q.SameDayCare),
    Question("pain", "PEG: pain on average, past week, 0 to 10"),
    Question("enjoyment", "PEG: enjoyment of life, past week, 0 to 10"),
    Question("activity", "PEG: general activity, past week, 0 to 10"),
    Question("where", "Where it hurts", PainSite),
    Question("features", "What fits", Feature),
    Question("jaw_opening", "Mouth opens, in fingers", q.JawOpening),
    Question("headache_days", "Headache days a month"),
    Question("migraine_days", "Days like a migraine a month"),
    Question("headache_hours", "A headache lasts", q.HeadacheHours),
    Question("medicine_days", "Pain medicine days a month"),
    Question("duration", "Like this for", q.Duration),
    Question("in_own_words", "In their own words"),
    Question("tried", "Tried so far", q.Tried),
    Question("tried_other", "More about treatments"),
    Question("imaging", "Pictures taken", q.Imaging),
    Question("health", "Health", q.Health),
    Question("last_toxin", "Last botulinum toxin", q.LastToxin),
    Question("allergies", "Allergies"),
    Question("referral", "Referral", q.Referral),
    Question("referrer", "Who sent the patient"),
)
CONTACT: Final = (
    Question("who_for", "Who the request is for", q.WhoFor),
    Question("may_speak", "May speak for the patient", q.YesNo),
    Question("been_here", "Been here before", q.BeenHere),
    Question("channel", "Contact first by", q.Channel),
    Question("leave_message", "May leave a message", q.YesNo),
    Question("no_email", "No email at all", q.YesNo),
    Question("no_online_page", "No private web page", q.YesNo),
    Question("call_parts", "When to call", q.DayPart),
    Question("wished_times", "Times that suit", q.HalfDay),
    Question("interpreter_language", "Interpreter for"),
    Question("access_needs", "Needs at a visit"),
    Question("payment", "Payment", q.Payment),
)
GROUPS: Final = (("answers", "Answers", ANSWERS), ("contact", "Contact and visit", CONTACT))


def items(person: Person, answers: Answers, system: str) -> list[dict[str, Any]]:
    """Return the groups with an item for each question that has an answer; codes are of `system`."""
    documents: dict[str, Answers | Person] = {"answers": answers, "contact": person}
    groups = [
        {"linkId": name, "text": title, "item": found}
        for name, title, asked in GROUPS
        if (found := [item for one in asked if (item := _item(documents[name], one, system))])
    ]
    return groups


def plain(text: str) -> str:
    """Return a text as FHIR's type string allows it: no blank but space, tab and line ends."""
    return re.sub(r"[^\S\r\n\t ]", " ", text).strip()


def _item(document: Answers | Person, question: Question, system: str) -> dict[str, Any] | None:
    value = getattr(document, question.field)
    values = value if isinstance(value, tuple) else (value,)
    found = [_answer(one, question, system) for one in values if one not in ("", None)]
    answers = [one for one in found if one]
    return {"linkId": question.field, "text": question.text, "answer": answers} if answers else None


def _answer(value: str | int, question: Question, system: str) -> dict[str, Any]:
    if isinstance(value, int):
        return {"valueInteger": value}
    if question.field == "safety":
        return _coding(value, str(BY_CODE[value].text) if value in BY_CODE else value, f"{system}/safety")
    if question.choices is None:
        return {"valueString": text} if (text := plain(value)) else {}
    label = dict(question.choices.choices).get(value, value)
    return _coding(value, str(label), f"{system}/{question.field.replace('_', '-')}")


def _coding(code: str, display: str, system: str) -> dict[str, Any]:
    return {"valueCoding": {"system": system, "code": code, "display": display}}
