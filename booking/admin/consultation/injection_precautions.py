"""What matters before anybody speaks of a shot, as flags beside the answers. It rejects nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from booking.rules.documents import Answers, Person, age_on
from booking.rules.injection_precautions import Matter, beside_label, matters


@dataclass(frozen=True)
class Number:
    """A number of the label, and whether the patient's meets it: in words, with an icon."""

    name: str
    asks: str
    icon: str
    words: str


@dataclass(frozen=True)
class InjectionPrecautions:
    """The flags, contraindications first, and the numbers of the label for migraine."""

    flags: tuple[Matter, ...]
    numbers: list[Number]

    @property
    def bars(self) -> bool:
        """Whether one of the flags is a contraindication of the label."""
        return any(flag.bars for flag in self.flags)


def injection_precautions(answers: Answers, person: Person, today: date) -> InjectionPrecautions | None:
    """Return what to show of these answers, None when there is nothing."""
    found = beside_label(answers, age_on(person.born, today))
    numbers = [_number(str(one.name), str(one.asks), met) for one, met in found]
    flags = matters(answers)
    return InjectionPrecautions(flags, numbers) if flags or numbers else None


def _number(name: str, asks: str, met: bool | None) -> Number:
    shown: dict[bool | None, tuple[str, str]] = {
        True: ("check", _("yes")),
        False: ("minus", _("no")),
        None: ("circle-dashed", _("not told")),
    }
    return Number(name, asks, *shown[met])
