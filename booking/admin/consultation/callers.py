"""Whether a caller is known: requests by phone, birth date and name, found by keyed hashes alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add, or_
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking.actions import accessible_to
from booking.admin.base.access import actor_of, sees_answers
from booking.admin.reading.rows import PriorityMark, priority_mark, shown_name
from booking.models import ConsultationRequest, Visit
from booking.models.sealed import keyed_hash
from booking.models.visit import VisitState
from booking.rules.patient_matching import name_words
from booking.rules.statuses import OPEN

MAX_CALLERS: Final = 8
MAX_WORDS: Final = 20
# What is asked in the head of the call form, in the order in which it tells people apart.
PHONE, BORN, NAME = "phone", "birth_date", "full_name"
WORDS: Final[Mapping[str, Promise]] = {PHONE: _("phone"), BORN: _("birth date"), NAME: _("name")}


@dataclass(frozen=True)
class Asked:
    """The hashes of what was typed, by field; what could not be read, in words."""

    hashes: Mapping[str, list[int]]
    problems: list[str]

    @classmethod
    def read(cls, form: forms.Form) -> Asked:
        """Read three fields of a form with data, complete or not: the rest of it may still be empty."""
        values, problems = {}, []
        for name in WORDS:
            try:
                values[name] = _cleaned(form, name)
            except ValidationError as error:
                problems += error.messages
        found = {name: hashes for name, value in values.items() if (hashes := _hashes(name, value))}
        return cls(found, problems)


@dataclass(frozen=True)
class Known:
    """A request that may be the caller's: what fits of what was asked, what does not, the visit to come."""

    request: ConsultationRequest
    name: str
    fits: list[Promise]
    differs: list[Promise]
    priority: PriorityMark
    visit: Visit | None

    @property
    def is_open(self) -> bool:
        """Whether it is to be gone on with, in place of a second one."""
        return self.request.status in OPEN


def known(request: HttpRequest, asked: Asked) -> list[Known]:
    """Return the requests that fit best, then the latest. The look must be on record."""
    if not asked.hashes:
        return []
    now = timezone.now()
    return [_known(request, one, asked, now) for one in _found(request, asked)]


def _found(request: HttpRequest, asked: Asked) -> QuerySet[ConsultationRequest]:
    theirs = ConsultationRequest.objects.filter(accessible_to(actor_of(request)), _any_of(asked.hashes))
    fits = reduce(add, (_one_if(Q(search__contains=hashes)) for hashes in asked.hashes.values()))
    best = theirs.select_related("visit__clinician", "priority_set_by").defer("sealed_answers")
    return best.alias(fits=fits).order_by("-fits", "-received_at")[:MAX_CALLERS]


def _any_of(hashes: Mapping[str, list[int]]) -> Q:
    """A phone number finds whoever shares it; a birth date, with a name, whoever shares a word of that.

    A name alone finds all who bear it; beside the others it only narrows: namesakes are none of the caller's
    business (45 CFR 164.502(b), minimum necessary).
    """
    found = [Q(search__contains=hashes[PHONE])] if PHONE in hashes else []
    if BORN in hashes:
        words = Q(search__overlap=hashes[NAME]) if NAME in hashes else Q()
        found += [Q(search__contains=hashes[BORN]) & words]
    return reduce(or_, found or [Q(search__contains=hashes[NAME])])


def _one_if(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def _known(request: HttpRequest, consultation: ConsultationRequest, asked: Asked, now: datetime) -> Known:
    has = set(consultation.search)
    visit = consultation.visit
    to_come = visit and visit.state == VisitState.BOOKED and visit.ends_at > now
    return Known(
        consultation,
        shown_name(consultation),
        fits=[WORDS[name] for name, hashes in asked.hashes.items() if has.issuperset(hashes)],
        differs=[WORDS[name] for name, hashes in asked.hashes.items() if not has.issuperset(hashes)],
        priority=priority_mark(consultation, sees_answers=sees_answers(request)),
        visit=visit if to_come else None,
    )


def _cleaned(form: forms.Form, name: str) -> Any:
    """Return the value of a field, None when nothing was typed. Raises ValidationError."""
    field = form.fields[name]
    typed = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
    parts: Iterable[Any] = typed if isinstance(typed, list) else [typed]
    return field.clean(typed) if any((part or "").strip() for part in parts) else None


def _hashes(name: str, value: Any) -> list[int]:
    if not value:
        return []
    if name == PHONE:
        return [keyed_hash("phone", value.partition(";")[0])]
    if name == BORN:
        return [keyed_hash("born", value.isoformat())]
    return [keyed_hash("name", word) for word in name_words(value)[:MAX_WORDS]]
