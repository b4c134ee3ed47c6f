"""A patient's browser without a screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from treatments.clinic import clinic, snapshot

REASON = {"topic": "migraine", "reason": "", "who_for": "self"}
SAFETY = {"shown_for": "migraine", "checked": ["none"]}
SYMPTOMS = {
    "pain": "7",
    "enjoyment": "8",
    "activity": "6",
    "where": ["forehead"],
    "headache_days": "19",
    "migraine_days": "9",
    "headache_hours": "over-4",
    "medicine_days": "8",
    "duration": "years",
    "in_own_words": "",
}
HISTORY = {
    "tried": ["preventive"],
    "tried_other": "",
    "health": ["none"],
    "imaging": ["none"],
    "last_toxin": "never",
    "allergies": "",
    "referral": "no",
    "referrer": "",
}
YOU = {
    "full_name": "Test Patient 07",
    "birth_date_month": "1",
    "birth_date_day": "7",
    "birth_date_year": "1980",
    "been_here": "new",
    "phone": "(520) 555-0107",
    "email": "test.patient07@example.com",
    "channel": "phone",
    "leave_message": "yes",
    "times": ["tue-am"],
    "language": "en",
    "interpreter": "no",
    "interpreter_language": "",
    "access_needs": "",
    "payment": "insured",
}
# What the questions about other topics add to SYMPTOMS, or leave out (None).
_NO_HEADACHE = {"headache_days": None, "migraine_days": None, "headache_hours": None, "medicine_days": None}
SYMPTOMS_ABOUT: dict[str, dict[str, Any]] = {
    "migraine": {},
    "tension-headache": {"features": ["pressing"], "migraine_days": None},
    "back-pain": {**_NO_HEADACHE, "where": ["back-lower"], "features": ["none"]},
    "tmj": {**_NO_HEADACHE, "where": ["jaw-left"], "features": ["clicking"], "jaw_opening": "three"},
    "other": {**_NO_HEADACHE, "where": ["elsewhere"]},
}
# What somebody who asks for another person answers beyond YOU.
ASKER = {"asker_name": "Test Carer 07", "relation": "guardian", "may_speak": "on"}
ANSWERS: dict[str, dict[str, Any]] = {
    "reason": REASON,
    "safety": SAFETY,
    "symptoms": SYMPTOMS,
    "history": HISTORY,
    "you": YOU,
}
CONSENT = {"consent": "on", "not_watched": "on"}


class Patient(Client):
    """A browser on its way through the steps."""

    base = "/consultation/"

    def start(self, **data: Any) -> HttpResponse:
        return self.post(self.base, data)

    def look(self, step: str, query: str = "") -> HttpResponse:
        return self.get(f"{self.base}{step}/{query}")

    def answer(self, step: str, query: str = "", **changes: Any) -> HttpResponse:
        """Post a step's usual answers with some changes; None leaves a field out."""
        data = {name: value for name, value in {**ANSWERS[step], **changes}.items() if value is not None}
        return self.post(f"{self.base}{step}/{query}", data)

    def says(self, care: str, query: str = "") -> HttpResponse:
        """Say on the same-day page, as it is shown now, what becomes of the signs."""
        page = self.look("same-day", query)
        shown = [sign.code for sign in page.context.get("signs", ())]
        return self.post(f"{self.base}same-day/{query}", {"same_day_care": care, "shown_sign": shown})

    def answer_to(self, last: str) -> None:
        """Start and answer every step up to and with `last`."""
        self.start()
        for step in ANSWERS:
            assert self.answer(step).status_code == 303
            if step == last:
                return

    def send(self, **changes: Any) -> HttpResponse:
        """Post the check page as it is shown now."""
        rev = self.look("check").context["rev"]
        return self.post(f"{self.base}check/", {"rev": rev, **CONSENT, **changes})


@pytest.fixture
def patient(db: None) -> Iterator[Patient]:
    """A patient without a draft. The clinic's facts are read afresh."""
    clinic.forget()
    yield Patient()
    clinic.forget()
    snapshot.forget()
