"""Whatever order somebody goes in: two tabs, back, refresh, changes, clearing, danger, double clicks.

WALKS=500 looks for new ways; without it the same few are walked each time.
"""

from __future__ import annotations

import os
from html import unescape
from typing import Any

import pytest
from django.conf import settings as site
from django.db import transaction
from django.http import HttpResponse
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from booking.forms.text import tidy
from booking.models import ConsultationRequest, DailyCount, Draft, Event
from booking.rules.roles import Role
from booking.rules.safety import Topic
from tests.booking.intake.conftest import ANSWERS, ASKER, CONSENT, SYMPTOMS_ABOUT, Patient
from tests.factories import make_staff

QUEUE = "/admin/booking/consultationrequest/"
STEPS = [*ANSWERS, "check"]
PAGES = [
    "",
    *(f"{step}/" for step in STEPS),
    "same-day/",
    "under-18/",
    "get-help-now/",
    "sent/",
    "record/",
    "clear/",
]
WORDS = ["O'Brien <b>", "Nguyễn \u202eabc", "=cmd|'/c'!A1", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "{{7*7}} %s"]
# What must never stand in an address or a cookie, whoever typed it.
SECRETS = [
    "Test Patient",
    "5550107",
    "555-0107",
    "example.com",
    "Brien",
    "Nguy",
    "cmd|",
    "7*7",
    "migraine",
    "HD-1",
]
TEXTS = {"reason": "reason", "symptoms": "in_own_words", "history": "allergies", "you": "full_name"}
steps, words = st.sampled_from(list(ANSWERS)), st.sampled_from(WORDS)
query = st.sampled_from(["", "?return=check"])
topics, whom = st.sampled_from(Topic.values), st.sampled_from(["self", "adult", "minor"])
language = st.sampled_from(["/consultation/", "/es/consultation/"])


class Walk(RuleBasedStateMachine):
    """One browser with several tabs. Everything is undone after a walk."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.browser = Patient()
        self.answers: list[HttpResponse] = []
        self.tabs: dict[str, dict[str, Any]] = {}
        self.posted: list[tuple[str, dict[str, Any]]] = []

    def teardown(self) -> None:
        """Staff can open their list and every request, whatever was typed."""
        staff = Patient()
        staff.force_login(make_staff(Role.NURSE))
        assert staff.get(QUEUE).status_code == 200
        for request in ConsultationRequest.objects.all():
            assert staff.get(f"{QUEUE}{request.pk}/change/").status_code == 200
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @property
    def draft(self) -> Draft | None:
        key = self.browser.cookies.get(site.DRAFT_COOKIE_NAME)
        return Draft.objects.by_token(key.value).first() if key and key.value else None

    @property
    def topic(self) -> str:
        draft = self.draft
        return str(draft.steps.get("reason", {}).get("topic", "migraine")) if draft else "migraine"

    def post(self, path: str, data: dict[str, Any]) -> HttpResponse:
        self.posted.append((path, data))
        answer = self.browser.post(path, data)
        self.answers.append(answer)
        return answer

    def look(self, page: str, base: str = "/consultation/") -> HttpResponse:
        answer = self.browser.get(f"{base}{page}")
        self.answers.append(answer)
        return answer

    def data_for(self, step: str, word: str) -> dict[str, Any]:
        about = {"asked_about": self.topic, "shown_for": self.topic}
        changes = SYMPTOMS_ABOUT[self.topic] if step == "symptoms" else {}
        if step == "you":
            # An address of its own each time: who sends to one again and again is stopped, rightly.
            changes = {**ASKER, "email": f"test.patient{len(self.posted)}@example.com"}
        text = {TEXTS[step]: word} if step in TEXTS else {}
        found = {**ANSWERS[step], **changes, **text, **about}
        return {name: value for name, value in found.items() if value is not None}

    @initialize(far=st.integers(0, 5), word=words)
    def come_some_way(self, far: int, word: str) -> None:
        """Most walks begin with some answers, many with all of them."""
        self.start(again=False)
        for step in list(ANSWERS)[: far + 1]:
            self.post(f"/consultation/{step}/", self.data_for(step, word))

    @rule(again=st.booleans())
    def start(self, again: bool) -> None:
        self.post("/consultation/", {"again": "1"} if again else {"topic": "tmj"})

    @rule(page=st.sampled_from(PAGES), base=language)
    def open_a_page(self, page: str, base: str) -> None:
        self.look(page, base)

    @rule(word=words)
    def go_the_whole_way(self, word: str) -> None:
        for step in ANSWERS:
            self.post(f"/consultation/{step}/", self.data_for(step, word))

    @rule(step=steps, word=words, query=query, base=language)
    def answer_a_step(self, step: str, word: str, query: str, base: str) -> None:
        """Kept is what was typed, and the page shows what is kept."""
        before = self.draft
        self.post(f"{base}{step}/{query}", self.data_for(step, word))
        draft, field = self.draft, TEXTS.get(step)
        if not (before and draft and field) or draft.rev == before.rev or draft.request_id:
            return
        assert draft.steps[step][field] == tidy(word)
        shown = self.look(f"{step}/")
        assert shown.status_code in (200, 303)
        assert shown.status_code == 303 or tidy(word) in unescape(shown.text)

    @rule(topic=topics, who_for=whom, query=query)
    def change_what_it_is_about(self, topic: str, who_for: str, query: str) -> None:
        data = {**self.data_for("reason", "x"), "topic": topic, "who_for": who_for}
        self.post(f"/consultation/reason/{query}", data)

    @rule(step=steps, wrong=st.sampled_from(["", "\x00", "9" * 99, "nonsense"]))
    def answer_wrongly(self, step: str, wrong: str) -> None:
        self.post(f"/consultation/{step}/", dict.fromkeys(self.data_for(step, "x"), wrong))

    @rule(step=st.sampled_from(STEPS), word=words)
    def fill_in_another_tab(self, step: str, word: str) -> None:
        """A form that stands open while other tabs go on."""
        shown = self.look(f"{step}/")
        if shown.status_code == 200:
            rev = {"rev": shown.context["rev"], **CONSENT}
            self.tabs[step] = rev if step == "check" else self.data_for(step, word)

    @precondition(lambda self: self.tabs)
    @rule(which=st.randoms(use_true_random=False))
    def press_in_another_tab(self, which: Any) -> None:
        step = which.choice(sorted(self.tabs))
        self.post(f"/consultation/{step}/", self.tabs[step])

    @precondition(lambda self: self.posted)
    @rule()
    def refresh(self) -> None:
        self.answers.append(self.browser.post(*self.posted[-1]))

    @rule(step=steps, base=language)
    def show_in_the_other_language(self, step: str, base: str) -> None:
        before = self.draft and self.draft.rev
        self.post(f"{base}{step}/", {**self.data_for(step, "x"), "show_in": "es"})
        assert (self.draft and self.draft.rev) == before

    @rule()
    def check_a_911_sign(self) -> None:
        """The page says to call, and the draft is gone; what was sent before stays sent."""
        before = self.draft
        answer = self.post("/consultation/safety/", {"checked": ["ALL-1"], "shown_for": self.topic})
        if before is None or (not before.request_id and "reason" in before.steps):
            assert answer.status_code == 200 and "tel:911" in answer.text
            assert self.draft is None
            assert not before or not Draft.objects.filter(pk=before.pk).exists()

    @rule()
    def checked_by_mistake(self) -> None:
        self.post("/consultation/get-help-now/", {"topic": "tmj", "who_for": "self"})

    @rule()
    def go_on_as_a_guardian(self) -> None:
        self.post("/consultation/under-18/", {})

    @rule()
    def clear(self) -> None:
        before = self.draft
        self.post("/consultation/clear/", {})
        assert before is None or before.request_id or not Draft.objects.filter(pk=before.pk).exists()

    @rule(presses=st.integers(1, 3), word=words)
    def send(self, presses: int, word: str) -> None:
        """Sent means kept: one request of this draft, however often the button is pressed."""
        self.start(again=False)
        self.go_the_whole_way(word)
        draft, rev = self.draft, self.look("check/").context["rev"]
        assert draft is not None
        for _press in range(presses):
            answer = self.post("/consultation/check/", {"rev": rev, **CONSENT, "no_code": "1"})
            assert (answer.status_code, answer.headers["Location"]) == (303, "/consultation/sent/")
            assert "We have your request" in self.look("sent/").text
            made = ConsultationRequest.objects.get(idempotency_key=draft.idempotency_key)
            assert (made.person.full_name, made.answers.in_own_words) == (tidy(word), tidy(word))
            assert tidy(word) in unescape(self.look("record/").text)

    @rule(rev=st.sampled_from(["", "0", "9" * 99]))
    def send_what_was_not_shown(self, rev: str) -> None:
        before = ConsultationRequest.objects.count()
        self.post("/consultation/check/", {"rev": rev, **CONSENT, "no_code": "1"})
        assert ConsultationRequest.objects.count() == before

    @invariant()
    def no_page_breaks_and_none_tells(self) -> None:
        for answer in self.answers:
            assert answer.status_code in (200, 303, 404, 410), answer.status_code
            told = answer.headers.get("Location", "") + answer.cookies.output()
            assert [word for word in SECRETS if word in told] == []
        self.answers.clear()

    @invariant()
    def a_draft_makes_one_request_at_most(self) -> None:
        made = ConsultationRequest.objects.count()
        assert Draft.objects.filter(request__isnull=False).count() == made
        assert Event.objects.filter(verb="submit").count() == made
        assert set(DailyCount.objects.values_list("kind", flat=True)) <= {"step", "emergency"}


@pytest.mark.django_db
def test_any_order_keeps_the_promises() -> None:
    walks = os.environ.get("WALKS")
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Walk,
        settings=settings(
            max_examples=int(walks or 7),
            stateful_step_count=30,
            derandomize=not walks,
            phases=[Phase.generate, Phase.shrink] if walks else [Phase.generate],
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
