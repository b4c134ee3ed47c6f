"""How to reach a person: what reception needs, and no clinical answer."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from phonenumbers import NumberParseException, PhoneNumberFormat, format_number
from phonenumbers import parse as parse_number

from booking.admin.answers import Line
from booking.rules.documents import Person, age_on
from booking.rules.questions import BeenHere, Channel, DayPart, Language, Payment, Weekday, YesNo


@dataclass(frozen=True)
class Contact:
    """Phone and e-mail as they are shown, and the other lines."""

    phone: str
    phone_href: str
    message: str
    email: str
    lines: list[Line]


def contact(person: Person) -> Contact:
    """Return how to reach a person."""
    return Contact(
        phone=shown_phone(person.phone),
        phone_href=f"tel:{person.phone}",
        message=_message(person),
        email=person.email,
        lines=_lines(person),
    )


def shown_phone(e164: str) -> str:
    """Return a number as people write it in the United States; abroad, in the international form."""
    try:
        number = parse_number(e164)
    except NumberParseException:
        return e164
    style = PhoneNumberFormat.NATIONAL if number.country_code == 1 else PhoneNumberFormat.INTERNATIONAL
    return format_number(number, style)


def wishes(person: Person) -> str:
    """Return the days and times that suit, in words: "Tuesday or Thursday, morning"; "" for any."""
    days = _(" or ").join(_labels(Weekday, person.days))
    parts = _(" or ").join(_labels(DayPart, person.day_parts)).lower()
    return ", ".join(filter(None, [days, parts]))


def _lines(person: Person) -> list[Line]:
    today = timezone.localdate()
    born = date_format(person.born, "M j, Y")
    age = _("%(date)s (age %(age)d)") % {"date": born, "age": age_on(person.born, today)}
    interpreter = _("Interpreter needed") if person.interpreter == YesNo.YES else ""
    language = (*_labels(Language, (person.language,)), *filter(None, [interpreter]))
    return [
        Line(_("Born"), (age,)),
        Line(_("First contact"), _labels(Channel, (person.channel,))),
        Line(_("Suits"), (wishes(person) or _("Any time"),)),
        Line(_("Language"), language),
        Line(_("Been here"), _labels(BeenHere, (person.been_here,))),
        Line(_("Pays"), _labels(Payment, (person.payment,))),
        Line(_("Needs"), (person.access_needs,) if person.access_needs else ()),
    ]


def _message(person: Person) -> str:
    told = {
        YesNo.YES: _("May leave a message, nothing about health"),
        YesNo.NO: _("Do not leave a message"),
    }
    return told.get(person.leave_message, _("Ask before you leave a message"))  # type: ignore[call-overload]


def _labels(choices: type[TextChoices], codes: tuple[str, ...]) -> tuple[str, ...]:
    labels = dict(choices.choices)
    return tuple(str(labels.get(code, code)) for code in codes if code)
