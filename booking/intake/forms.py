"""What only the patient's way asks: which questions a page showed, and consent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking.forms.safety import SafetyForm
from booking.forms.section import SectionForm
from booking.rules.questions import WhoFor
from booking.rules.safety import Topic


class SafetyStepForm(SafetyForm):
    """The safety check, which knows the list of questions that the page really showed.

    Another tab may have changed the topic meanwhile: "none of these" then answers the old list.
    """

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, topic: str = "", who_for: str = "", **kwargs: Any
    ) -> None:
        shown = str(data.get("shown_for", topic)) if data is not None else topic
        # Without a draft (an emergency answer sent again) only the page knows whom it was about.
        asked_for = who_for or (str(data.get("asked_for", "")) if data is not None else "")
        super().__init__(
            data,
            topic=shown if shown in Topic.values else topic,
            who_for=asked_for if asked_for in WhoFor.values else who_for,
            **kwargs,
        )
        self.fields["shown_for"] = forms.CharField(
            widget=forms.HiddenInput, initial=self.about, required=False
        )


class CheckForm(SectionForm):
    """Consent, given beside the button that sends. The wording has a version: questions.CONSENT_VERSION."""

    parts = ((_("Before you send"), ("consent", "not_watched")),)

    consent = forms.BooleanField(
        label=_("I agree that the clinic may use these answers to arrange my care."),
        error_messages={"required": _("Check the box to agree that we may use your answers")},
    )
    not_watched = forms.BooleanField(
        label=_("I know that this form is not watched for emergencies."),
        error_messages={"required": _("Check the box to show you know this form is not for emergencies")},
    )
