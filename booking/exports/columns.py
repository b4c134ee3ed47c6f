"""The columns of a sheet of requests, as data. People and answers are there only when asked for.

45 CFR 164.502(b): a copy holds the minimum that its purpose needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    format_number,
    format_out_of_country_calling_number,
    parse,
)

from booking.exports.cells import Cell
from booking.exports.requests import opened
from booking.models import ConsultationRequest
from booking.models.sealed import SealBroken
from booking.rules.documents import Answers, Person
from booking.rules.safety import BY_CODE
from treatments.text.phone_numbers import NORTH_AMERICA

BROKEN: Final = "Sealed, does not open"


class ExportPart(TextChoices):
    """What a sheet may hold beside schedule and status."""

    PERSON = "person", "Names and contact details"
    ANSWERS = "answers", "Answers about health"


@dataclass(frozen=True)
class ExportRow:
    """A request on its way into a sheet. A document that does not open, or was not asked for, is None."""

    request: ConsultationRequest
    zone: ZoneInfo
    person: Person | None
    answers: Answers | None

    def moment(self, at: datetime | None) -> datetime | None:
        """Return a moment by the clinic's clock, to the minute: sheets know no zone and print no seconds."""
        return at.astimezone(self.zone).replace(tzinfo=None, second=0, microsecond=0) if at else None


@dataclass(frozen=True)
class Column:
    """A heading and how a row fills it; `part` is what must be asked for to get it."""

    title: str
    read: Callable[[ExportRow], Cell]
    part: str = ""


def _staff(row: ExportRow) -> str:
    user = row.request.assignee
    return (user.get_full_name() or user.get_username()) if user else ""


def _visit(row: ExportRow) -> Cell:
    return row.moment(row.request.visit.starts_at) if row.request.visit else None


def _clinician(row: ExportRow) -> str:
    return str(row.request.visit.clinician) if row.request.visit else ""


def _phone(row: ExportRow) -> str:
    """Return the number as it is dialed here: in E.164 its plus sign would read as a formula."""
    kept, _semicolon, extension = (row.person.phone if row.person else "").partition(";ext=")
    try:
        number = parse(kept)
    except NumberParseException:
        return kept
    if number.country_code == NORTH_AMERICA:
        shown = format_number(number, PhoneNumberFormat.NATIONAL)
    else:
        shown = format_out_of_country_calling_number(number, "US")
    return f"{shown} ext. {extension}" if extension else shown


def _of_person(name: str) -> Callable[[ExportRow], Cell]:
    return lambda row: _text(getattr(row.person, name)) if row.person else BROKEN


def _of_answers(name: str) -> Callable[[ExportRow], Cell]:
    return lambda row: _text(getattr(row.answers, name)) if row.answers else BROKEN


def _safety(row: ExportRow) -> str:
    codes = row.answers.safety if row.answers else ()
    return "; ".join(f"{code} {BY_CODE[code].text}" if code in BY_CODE else code for code in codes)


def _text(value: Any) -> Cell:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else value


_COLUMNS: Final[tuple[Column, ...]] = (
    Column("Reference", lambda row: row.request.shown_reference),
    Column("Received", lambda row: row.moment(row.request.received_at)),
    Column("From", lambda row: row.request.get_source_display()),
    Column("Status", lambda row: row.request.get_status_display()),
    Column("Status since", lambda row: row.moment(row.request.status_changed_at)),
    Column("Reason of the end", lambda row: row.request.outcome_reason),
    Column("Language", lambda row: row.request.get_language_display()),
    Column("Reply by", lambda row: row.moment(row.request.reply_by)),
    Column("First contact", lambda row: row.moment(row.request.first_contact_at)),
    Column("Assigned to", _staff),
    Column("Visit", _visit),
    Column("Clinician", _clinician),
    *(
        Column(title, _phone if name == "phone" else _of_person(name), ExportPart.PERSON)
        for title, name in (
            ("Name", "full_name"), ("Birth date", "birth_date"), ("Phone", "phone"), ("Email", "email"),
            ("Contact first by", "channel"), ("May leave a message", "leave_message"),
            ("Times that suit", "wished_times"), ("Interpreter", "interpreter"),
            ("Needs at a visit", "access_needs"), ("Payment", "payment"), ("Asked by", "asker_name"),
        )
    ),
    Column("About", lambda row: row.request.get_topic_display(), ExportPart.ANSWERS),
    Column("Priority", lambda row: row.request.get_priority_display(), ExportPart.ANSWERS),
    Column("Safety", _safety, ExportPart.ANSWERS),
    Column("Same-day sign checked", _of_answers("same_day_care"), ExportPart.ANSWERS),
    *(
        Column(title, _of_answers(name), ExportPart.ANSWERS)
        for title, name in (
            ("Hopes for", "reason"), ("PEG", "peg"), ("Pain", "pain"), ("Enjoyment", "enjoyment"),
            ("Activity", "activity"), ("Like this for", "duration"), ("Where", "where"),
            ("Headache days", "headache_days"), ("Migraine days", "migraine_days"),
            ("Pain medicine days", "medicine_days"), ("In their words", "in_own_words"), ("Tried", "tried"),
            ("More about treatments", "tried_other"), ("Health", "health"),
            ("Last botulinum toxin", "last_toxin"), ("Allergies", "allergies"),
        )
    ),
)  # fmt: skip


def columns(parts: Iterable[str]) -> list[Column]:
    """Return the columns of a sheet that holds these parts."""
    wanted = {"", *parts}
    return [column for column in _COLUMNS if column.part in wanted]


def sheet(pks: Sequence[UUID], parts: Sequence[str], zone: str) -> Iterator[list[Cell]]:
    """Return the heading and then a row for each request, in the order of their keys."""
    chosen = columns(parts)
    yield [column.title for column in chosen]
    for consultation in opened(pks):
        person = _open(consultation, "person") if ExportPart.PERSON in parts else None
        answers = _open(consultation, "answers") if ExportPart.ANSWERS in parts else None
        row = ExportRow(consultation, ZoneInfo(zone), person, answers)
        yield [column.read(row) for column in chosen]


def _open(consultation: ConsultationRequest, document: str) -> Any:
    # One document that does not open must not take the whole export away.
    try:
        return getattr(consultation, document)
    except SealBroken:
        return None
