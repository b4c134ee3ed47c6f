"""What submit and take_call share: a new request with its first event and its messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from booking.actions._actor import Actor
from booking.actions._outbox import queue_notice
from booking.actions._transition import write_event
from booking.hours.clinic import promised_reply, today
from booking.models import ConsultationRequest
from booking.models.key_check import require_proof
from booking.rules.abuse import SUSPECT, Sign
from booking.rules.contact_permission import may_email
from booking.rules.documents import Answers, Person, age_on
from booking.rules.errors import NotAllowed
from booking.rules.notices import Notice
from booking.rules.priority import Priority, Suggestion, suggest
from booking.rules.questions import Payment, SameDayCare, WhoFor, YesNo
from booking.rules.safety import VERSION
from booking.rules.transitions import TRANSITIONS, Verb, who_may

SAFETY: Final = "safety"
# What is said of the same-day signs, as a flag: the more pressing one first.
CARE_FLAGS: Final = {SameDayCare.TODAY: "check-today", SameDayCare.CHECKED: "doctor-checked"}


def make_request(
    person: Person,
    answers: Answers,
    verb: Verb,
    *,
    by: Actor,
    source: str,
    key: UUID,
    signs: Sequence[Sign] = (),
) -> ConsultationRequest:
    """Save a new request, its first event and its messages; must run inside a transaction.

    Raises NotAllowed for a role that the table does not name, and KeysNotProved.
    """
    require_proof()
    if sentence := who_may(verb, by.roles):
        raise NotAllowed(sentence)
    now = timezone.now()
    promise = promised_reply(now)
    suggestion = suggest(answers, age_on(person.born, today()))
    transition = TRANSITIONS[verb]
    if transition.target is None:
        raise ValueError(f"{verb} makes no request")
    consultation = ConsultationRequest(
        idempotency_key=key,
        source=source,
        status=transition.target,
        topic=answers.topic,
        language=person.language,
        flags=_flags(person, answers, suggestion, signs),
        suggested_priority=suggestion.priority,
        priority_reasons=list(suggestion.reasons),
        rules_version=VERSION,
        priority=suggestion.priority,
        received_at=now,
        reply_by=promise,
        first_reply_by=promise,
        status_changed_at=now,
    )
    consultation.seal_person(person)
    consultation.seal_answers(answers)
    consultation.save(force_insert=True)
    codes: dict[str, Any] = {"rules": VERSION} | ({"signs": [sign.value for sign in signs]} if signs else {})
    event = write_event(consultation, verb, by=by, came_from=None, codes=codes)
    if transition.notice:
        queue_notice(consultation, event, transition.notice)
    urgent = suggestion.priority == Priority.SAME_DAY
    queue_notice(consultation, event, Notice.STAFF_SAME_DAY if urgent else Notice.STAFF_NEW)
    return consultation


def _flags(person: Person, answers: Answers, suggestion: Suggestion, signs: Sequence[Sign]) -> list[str]:
    safety, suspect = _safety_flags([answers], suggestion.reasons), [SUSPECT] if signs else []
    return [*safety, *(code for code, applies in _personal(person).items() if applies), *suspect]


def _safety_flags(told: Iterable[Answers], reasons: Sequence[str]) -> list[str]:
    """Return whether a rule fired, and what was said of the same-day signs, as codes."""
    said = {one.same_day_care for one in told}
    return [SAFETY] * bool(reasons) + [flag for care, flag in CARE_FLAGS.items() if care in said]


def judge_anew(consultation: ConsultationRequest, person: Person) -> None:
    """Suggest the priority again, by all answers read here; one that somebody set stays as they set it."""
    age = age_on(person.born, today())
    found = [suggest(one.answers, age) for one in consultation.family()]
    order = list(Priority)
    consultation.suggested_priority = min((one.priority for one in found), key=order.index)
    consultation.priority_reasons = list(dict.fromkeys(code for one in found for code in one.reasons))
    consultation.rules_version = VERSION
    if consultation.priority_set_by_id is None:
        consultation.priority = consultation.suggested_priority
    others = [flag for flag in consultation.flags if flag != SAFETY and flag not in CARE_FLAGS.values()]
    told = [one.answers for one in consultation.family()]
    consultation.flags = [*_safety_flags(told, consultation.priority_reasons), *others]


def renew_flags(consultation: ConsultationRequest, person: Person) -> None:
    """Set the flags that tell about the person anew; the others (safety, a machine's signs) stay."""
    personal = _personal(person)
    kept = [flag for flag in consultation.flags if flag not in personal]
    consultation.flags = [*kept, *(code for code, applies in personal.items() if applies)]


def _personal(person: Person) -> dict[str, bool]:
    """Return the codes that staff see beside a request, and whether each applies to this person."""
    return {
        "minor": person.who_for == WhoFor.MINOR,
        "proxy": person.who_for == WhoFor.ADULT,
        "interpreter": person.interpreter == YesNo.YES,
        "access": bool(person.access_needs),
        "self-pay": person.payment == Payment.SELF_PAY,
        "call": not may_email(person),
    }
