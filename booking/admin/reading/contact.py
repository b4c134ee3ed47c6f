"""How to reach a person: what reception needs, and no clinical answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from phonenumbers import NumberParseException, PhoneNumberFormat, format_number
from phonenumbers import parse as parse_number

from booking.admin.reading.answers import AnswerLine
from booking.hours.clinic import today
from booking.rules.documents import Person, age_on
from booking.rules.questions import (
    BeenHere,
    Channel,
    DayPart,
    HalfDay,
    Language,
    Payment,
    Relation,
    WhoFor,
    YesNo,
)
from treatments.text.phone_numbers import NORTH_AMERICA

# What the patient chose, in the words of staff.
BEEN_HERE: Final[dict[str, Promise]] = {
    BeenHere.NEW: gettext_lazy("No, first time"),
    BeenHere.RETURNING: gettext_lazy("Yes"),
    BeenHere.UNSURE: gettext_lazy("Is not sure"),
}
PAYS: Final[dict[str, Promise]] = {
    Payment.INSURED: gettext_lazy("With insurance"),
    Payment.SELF_PAY: gettext_lazy("Without insurance"),
    Payment.UNSURE: gettext_lazy("Is not sure yet"),
}


@dataclass(frozen=True)
class Contact:
    """Phone and e-mail as they are shown, and the other lines."""

    phone: str
    phone_href: str
    message: str
    email: str
    wants_email: bool
    lines: list[AnswerLine]

    @property
    def email_parts(self) -> tuple[str, str]:
        """The address before and from its "@", where a narrow column may break it."""
        name, at, host = self.email.partition("@")
        return name, f"{at}{host}"


def contact(person: Person) -> Contact:
    """Return how to reach a person."""
    return Contact(
        phone=shown_phone(person.phone),
        phone_href=f"tel:{person.phone}",
        message=shown_message(person),
        email=person.email,
        wants_email=not person.no_email,
        lines=_lines(person),
    )


def shown_phone(e164: str) -> str:
    """Return a number as people write it in the United States; abroad, in the international form."""
    try:
        number = parse_number(e164)
    except NumberParseException:
        return e164
    style = (
        PhoneNumberFormat.NATIONAL
        if number.country_code == NORTH_AMERICA
        else PhoneNumberFormat.INTERNATIONAL
    )
    return format_number(number, style)


def wishes(person: Person) -> str:
    """Return the half days that suit, in words: "Tuesday morning, Thursday morning"; "" for any."""
    return ", ".join(_labels(HalfDay, person.wished_times))


def languages(person: Person) -> tuple[str, ...]:
    """Return the language to speak and write in, and the interpreter that is needed, if one is."""
    interpreter = _("Interpreter needed") if person.interpreter == YesNo.YES else ""
    if interpreter and person.interpreter_language:
        interpreter = _("Interpreter needed: %(language)s") % {"language": person.interpreter_language}
    return (*_labels(Language, (person.language,)), *filter(None, [interpreter]))


def _lines(person: Person) -> list[AnswerLine]:
    born = date_format(person.born, "M j, Y")
    age = _("%(date)s (age %(age)d)") % {"date": born, "age": age_on(person.born, today())}
    return [
        AnswerLine(_("Born"), (age,)),
        *_asker(person),
        AnswerLine(_("First contact"), _labels(Channel, (person.channel,))),
        AnswerLine(_("May call"), _labels(DayPart, person.call_parts) or (_("Any time"),)),
        *([AnswerLine(_("Online"), (_("No private web page"),))] if person.no_online_page else []),
        AnswerLine(_("Suits"), (wishes(person) or _("Any time"),)),
        AnswerLine(_("Language"), languages(person)),
        AnswerLine(_("Been here"), _words(BEEN_HERE, person.been_here)),
        AnswerLine(_("Pays"), _words(PAYS, person.payment)),
        AnswerLine(_("Needs"), (person.access_needs,) if person.access_needs else ()),
    ]


def _asker(person: Person) -> list[AnswerLine]:
    if person.who_for == WhoFor.SELF:
        return []
    told = (person.asker_name, *_labels(Relation, (person.relation,)))
    if person.may_speak:
        told = (*told, _("Says that they may speak for the patient"))
    return [AnswerLine(_("Asked by"), tuple(filter(None, told)))]


def shown_message(person: Person) -> str:
    """Return whether a message may be left when nobody picks up."""
    told: dict[str, str] = {
        YesNo.YES: _("May leave a message, nothing about health"),
        YesNo.NO: _("Do not leave a message"),
    }
    return told.get(person.leave_message, _("Ask before you leave a message"))


def _words(words: dict[str, Promise], code: str) -> tuple[str, ...]:
    return (str(words.get(code, code)),) if code else ()


def _labels(choices: type[TextChoices], codes: tuple[str, ...]) -> tuple[str, ...]:
    labels = dict(choices.choices)
    return tuple(str(labels.get(code, code)) for code in codes if code)
