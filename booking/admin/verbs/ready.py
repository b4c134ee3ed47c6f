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

    def answer(self, http: HttpRequest, request: ConsultationRequest) -> HttpResponse:
        """Fill in a ready text, or do what the page does."""
        if http.method != "POST" or USE not in http.POST:
            return super().answer(http, request)
        if not TRANSITIONS[self.verb].actors & actor_of(http).roles:
            refuse(http, request)
        chosen = self._chosen(http, request)
        typed = tidy(http.POST.get("text", ""), lines=True)
        whole = "\n\n".join(part for part in (typed, chosen) if part)
        form = self.form(http, request)
        # The version that was read first counts: to choose a text is no second look at the request.
        form.initial.update(text=whole, seen_version=http.POST.get("seen_version", ""))
        sentence = "" if chosen else _("Select a ready text first. Nothing was sent.")
        return self.show(http, request, form, sentence)

    def shown_beside(self, http: HttpRequest, request: ConsultationRequest) -> dict[str, Any]:
        """Add the ready texts for this patient's language."""
        found = ReadyText.objects.for_letter(self.verb, request.language)
        return {**super().shown_beside(http, request), "ready_texts": found}

    def _chosen(self, http: HttpRequest, request: ConsultationRequest) -> str:
        offered = ReadyText.objects.for_letter(self.verb, request.language)
        known = {str(one.pk): one.in_language(request.language) for one in offered}
        return known.get(http.POST.get(READY, ""), "")
