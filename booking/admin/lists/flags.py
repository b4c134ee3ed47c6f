"""The flags beside a request, in words, with their icons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking.models import ConsultationRequest
from booking.rules.abuse import SUSPECT


@dataclass(frozen=True)
class Flag:
    """The words and the icon of a flag."""

    label: str | Promise
    icon: str


FLAGS: Final = {
    "safety": Flag(_("Safety note"), "shield-alert"),
    "check-today": Flag(_("Will be checked today"), "stethoscope"),
    "doctor-checked": Flag(_("Doctor checked it, they say"), "stethoscope"),
    "minor": Flag(_("Under 18"), "users"),
    "proxy": Flag(_("Asked by someone else"), "users"),
    "interpreter": Flag(_("Interpreter"), "languages"),
    "access": Flag(_("Access need"), "accessibility"),
    "self-pay": Flag(_("Self-pay"), "wallet"),
    "call": Flag(_("Call only"), "phone"),
    SUSPECT: Flag(_("May not be real"), "circle-question-mark"),
}
TO_CALL: Final = Flag(_("Call to make"), "phone-call")
TWIN: Final = Flag(_("Possible duplicate"), "copy")
NEWS: Final = Flag(_("News"), "mail")
PRIORITY_ICONS: Final = {"same-day": "siren", "soon": "chevrons-up", "routine": "minus"}


def flags_of(consultation: ConsultationRequest) -> list[Flag]:
    """Return the flags that a request was given."""
    return [FLAGS[code] for code in consultation.flags if code in FLAGS]
