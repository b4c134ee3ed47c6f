"""The sentence under each outcome."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

UNDER_18: Final = _("BOTOX® (onabotulinumtoxinA) for pain is a question for adults.")
NOT_SUITABLE: Final = _("Your answers speak against BOTOX® (onabotulinumtoxinA). Other treatments may help.")
OFF_LABEL: Final = _(
    "The FDA has not approved BOTOX® (onabotulinumtoxinA) for this pain. Doctors may still prescribe it. "
    "This is called off-label use."
)
TALK_FIRST: Final = ngettext_lazy(
    "BOTOX® (onabotulinumtoxinA) is used for chronic migraine. But one of your answers needs care before it "
    "is worth trying.",
    "BOTOX® (onabotulinumtoxinA) is used for chronic migraine. But %(count)d of your answers need care "
    "before it is worth trying.",
    "count",
)
WORTH_A_TALK: Final = _(
    "BOTOX® (onabotulinumtoxinA) is used for headaches like yours. It does not help everybody, and it has "
    "risks."
)
