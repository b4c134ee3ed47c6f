"""What one row of the self-check's table says, and the words that several rows share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Speaks(IntEnum):
    """What a reason speaks for; the highest one decides."""

    NOTE = 0
    WORTH_A_TALK = 1
    TALK_FIRST = 2
    NOT_SUITABLE = 3


@dataclass(frozen=True)
class Reason:
    """A row of the table. It applies when every question in `given` has one of the answers named there.

    `then` is what to do about it, where there is something to do.
    """

    code: str
    speaks: Speaks
    given: Mapping[str, frozenset[str]]
    title: str | Promise
    text: str | Promise
    sources: tuple[str, ...] = ()
    then: str | Promise = ""


def when(**answers: str) -> Mapping[str, frozenset[str]]:
    """Several answers to one question are separated by a space."""
    return {code: frozenset(codes.split()) for code, codes in answers.items()}


DIARY: Final = _("Keep a diary for 4 weeks. Mark headache days and medicine days.")
DO_NOT_STOP: Final = _("Do not stop or cut down a medicine on your own. Ask us or your doctor first.")
LABEL: Final = ("botox-label",)
LABEL_AND_GUIDE: Final = ("botox-label", "botox-medguide")
