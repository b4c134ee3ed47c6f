"""The first question of the self-check, for the page about it."""

from __future__ import annotations

from django import template

from treatments.selfcheck.forms import StepForm
from treatments.selfcheck.questions import STEPS

register = template.Library()


@register.simple_tag
def first_question() -> StepForm:
    """Return the first question as a form; it is the same for everybody."""
    return StepForm(STEPS[0], "", {}, heads_page=False)
