"""A letter that begins with a ready text: choosing one fills it in, and sends nothing."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from booking.admin.base.access import actor_of, refuse
from booking.admin.verbs.base import VerbPage
from booking.forms.text import tidy
from booking.models import ConsultationRequest, ReadyText
from booking.rules.transitions import TRANSITIONS

# The button that fills in, and the list beside it.
USE: Final = "use"
READY: Final = "ready"


class WithReadyTexts(VerbPage):
    """A page to write on. What was typed stays; the ready text is added below it."""

    def answer(self, request: HttpRequest, consultation: ConsultationRequest) -> HttpResponse:
        """Fill in a ready text, or do what the page does."""
        if request.method != "POST" or USE not in request.POST:
            return super().answer(request, consultation)
        if not TRANSITIONS[self.verb].actors & actor_of(request).roles:
            refuse(request, consultation)
        chosen = self._chosen(request, consultation)
        typed = tidy(request.POST.get("text", ""), lines=True)
        whole = "\n\n".join(part for part in (typed, chosen) if part)
        form = self.form(request, consultation)
        # The version that was read first counts: to choose a text is no second look at the request.
        form.initial.update(text=whole, seen_version=request.POST.get("seen_version", ""))
        sentence = "" if chosen else _("Select a ready text first. Nothing was sent.")
        return self.show(request, consultation, form, sentence)

    def shown_beside(self, request: HttpRequest, consultation: ConsultationRequest) -> dict[str, Any]:
        """Add the ready texts for this patient's language."""
        found = ReadyText.objects.for_letter(self.verb, consultation.language)
        return {**super().shown_beside(request, consultation), "ready_texts": found}

    def _chosen(self, request: HttpRequest, consultation: ConsultationRequest) -> str:
        offered = ReadyText.objects.for_letter(self.verb, consultation.language)
        known = {str(one.pk): one.in_language(consultation.language) for one in offered}
        return known.get(request.POST.get(READY, ""), "")
