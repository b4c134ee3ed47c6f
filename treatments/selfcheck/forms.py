"""The questions of one page as a form. It checks what was chosen and never saves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise

from treatments.selfcheck.questions import NONE, Question, QuestionPage
from treatments.selfcheck.rules import Answers


@dataclass(frozen=True)
class Problem:
    """One thing to mend: its words, and the id of the input to go to."""

    message: str
    anchor: str


class StepForm(forms.Form):
    """The questions of a page that fit a kind of pain; `kept` are the answers given before.

    `heads_page` makes the question the heading of the page, where it is the only one on it.
    """

    use_required_attribute = False

    def __init__(
        self, step: QuestionPage, pain: str, kept: Answers, data: Any = None, *, heads_page: bool = True
    ) -> None:
        super().__init__(data, label_suffix="")
        self.step = step
        self.heading = step.questions[0].code if heads_page and not step.title else ""
        for question in step.questions:
            self.fields[question.code] = _field(question, pain, kept.get(question.code, ()))

    @property
    def problems(self) -> list[Problem]:
        """What the error summary lists, in the order of the questions; each leads to a first answer."""
        return [
            Problem(" ".join(error.messages), f"{self[name].auto_id}_0")
            for name in self.fields
            for error in self.errors.as_data().get(name, [])
        ]


class Checklist(forms.MultipleChoiceField):
    """Any of several answers, or "none of these" alone."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, conflict: str | Promise, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.conflict = conflict

    def clean(self, value: Any) -> list[str]:
        """Return the checked codes; "none" together with another one is an error, and not ours to guess."""
        codes: list[str] = super().clean(value)
        if NONE in codes and len(codes) > 1:
            raise forms.ValidationError(str(self.conflict), code="conflict")
        return codes


def _field(question: Question, pain: str, kept: tuple[str, ...]) -> forms.ChoiceField:
    shared: dict[str, Any] = {
        "label": question.words,
        "help_text": question.hint,
        "choices": [(choice.code, choice.words) for choice in question.offered(pain)],
        "error_messages": {"required": question.missing},
    }
    if question.many:
        return Checklist(conflict=question.conflict, initial=list(kept), **shared)
    return forms.ChoiceField(widget=forms.RadioSelect, initial="".join(kept), **shared)
