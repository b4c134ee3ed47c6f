"""The first question of the self-check, for the page about it."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from treatments.selfcheck import signing
from treatments.selfcheck.forms import StepForm
from treatments.selfcheck.questions import STEPS

register = template.Library()


@register.simple_tag
def first_question() -> StepForm | None:
    """Return the first question as a form, the same for everybody; None while nobody has signed the check."""
    if not signing.is_open(get_language() or "en"):
        return None
    return StepForm(STEPS[0], "", {}, heads_page=False)
