"""What the page of a step still holds when its draft is gone: it can begin a new one."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, QueryDict

from booking.forms.person import PersonForm
from booking.intake.steps import BY_KEY
from booking.intake.wizard import HINT
from booking.rules.safety import Topic

# What a step says about the questions it showed, so that it can be shown again without the draft.
ABOUT: Final = "asked_about"
WHO_FOR: Final = "asked_for"
STEP: Final = "from_step"
# Not the safety check: it is always answered anew. Not the consent: it is given to answers that are shown.
CARRIED: Final = frozenset({"reason", "symptoms", "history", "you"})


def typed(request: HttpRequest, step: str) -> list[tuple[str, str]]:
    """Return the fields of a sent step, to stand hidden in the form that begins anew; [] without any."""
    if request.method != "POST" or step not in CARRIED:
        return []
    fields = fields_of(request.POST)
    return [(STEP, step), *fields] if fields else []


def fields_of(data: QueryDict) -> list[tuple[str, str]]:
    """Return every filled field of a form, to stand hidden in another one."""
    return [
        (name, value)
        for name, values in data.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
        if value
    ]


def kept(data: QueryDict) -> dict[str, dict[str, Any]]:
    """Return what a new draft begins with, by step: of a carried page all that is in order."""
    topic = data.get("topic") or data.get(ABOUT, "")
    found: dict[str, dict[str, Any]] = {HINT: {"topic": topic}} if topic in Topic.values else {}
    step = data.get(STEP, "")
    if step not in CARRIED:
        return found
    form = BY_KEY[step].form(data, topic=topic, who_for=data.get(WHO_FOR, ""))
    form.is_valid()
    values = form.values()
    # Asked once more: with these a page of advice would be passed over, and a child's date kept.
    values.pop("jaw_opening", None)
    if isinstance(form, PersonForm) and form.lacks_guardian:
        del values["birth_date"]
    return found | {step: values}
