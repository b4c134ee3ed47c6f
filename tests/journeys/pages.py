"""The pages as a person uses them: by their words, never by ids or classes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, override
from playwright.sync_api import Locator, Page, expect

AGREED = "I agree that the clinic may use these answers to arrange my care."
NOT_WATCHED = "I know that this form is not watched for emergencies."
NONE_OF_THESE = "No, I do not have any of these"
PERSON: dict[str, Any] = {
    "Full name": "Test Patient 07",
    "Month": "January",
    "Day": "7",
    "Year": "1980",
    "Phone number": "(520) 555-0107",
    "Email address": "test.patient07@example.com",
}
CHOICES = {
    "Have you been to our clinic before?": "No, this is my first time",
    "How should we contact you first?": "Phone call",
    "If you do not pick up, may we leave a message?": "Yes",
    "Which language do you prefer?": "English",
    "Is an interpreter needed?": "No",
    "How will you pay for a visit?": "I have insurance I want to use",
}
FINGERS = "How many of your own fingers, one above the other, fit between your front teeth?"
_INTERFERES = "What number best describes how, during the past week, pain has interfered with your"
# What each topic asks beyond the scales: group and answer, or field and number.
ABOUT: dict[str, dict[str, str]] = {
    "Migraine": {
        "Where does it hurt?": "Forehead, or behind my eyes",
        "How many days a month do you have a headache?": "19",
        "On how many of those days was it like a migraine?": "9",
        "How long does a headache last, without medicine?": "4 hours or more",
        "How many days a month do you take pain medicine?": "8",
    },
    "Tension headache": {
        "Where does it hurt?": "Neck",
        "Which of these fit?": "It presses or tightens, like a band",
        "How many days a month do you have a headache?": "19",
        "How long does a headache last, without medicine?": "4 hours or more",
        "How many days a month do you take pain medicine?": "8",
    },
    "Back pain": {"Where does it hurt?": "Lower back", "Which of these fit?": "None of these fit"},
    "Jaw pain (TMJ)": {
        "Where does it hurt?": "Left side of my jaw",
        "Which of these fit?": "My jaw clicks or pops",
        FINGERS: "Three fingers or more",
    },
    "Something else": {"Where does it hurt?": "Somewhere else"},
}
SCALES = {
    "What number best describes your pain on average in the past week?": 7,
    f"{_INTERFERES} enjoyment of life?": 8,
    f"{_INTERFERES} general activity?": 6,
}


def go(place: Locator) -> None:
    """Click, and wait until the next page is there: a click alone waits only until it begins to arrive."""
    place.click()
    place.page.wait_for_load_state("domcontentloaded")


@dataclass
class RequestJourney:
    """A patient on the way to a request, finding everything by its words in one language."""

    page: Page
    person: dict[str, Any] = field(default_factory=lambda: dict(PERSON))
    language: str = "en"

    def say(self, words: str) -> str:
        with override(self.language):
            return gettext(words)

    def press(self, name: str) -> None:
        go(self.page.get_by_role("button", name=self.say(name)).first)

    def open(self, path: str = "/consultation/") -> None:
        self.page.goto(path)

    def start(self) -> None:
        self.press("Start my request")

    def go_on(self) -> None:
        self.press("Continue")

    def pick(self, question: str, answer: str) -> None:
        """Choose an answer of a group, by its question and its words."""
        group = self.page.get_by_role("group", name=self.say(question))
        group.get_by_label(self.say(answer), exact=True).check()

    def sees(self, heading: str) -> None:
        """Expect to be on the page with this h1."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.say(heading))

    def reason(self, topic: str = "Migraine", who_for: str = "Myself") -> None:
        self.page.get_by_label(self.say(topic), exact=True).check()
        self.who_for(who_for)

    def who_for(self, who_for: str = "Myself") -> None:
        """Say who it is for; the topic was brought along or chosen before."""
        self.pick("Who is this request for?", who_for)
        self.go_on()

    def safety(self, *signs: str) -> None:
        """Check signs by a part of their words, or none of them."""
        for sign in signs or (NONE_OF_THESE,):
            self.page.get_by_label(self.say(sign)).check()
        self.go_on()

    def symptoms(self, topic: str = "Migraine") -> None:
        for question, number in SCALES.items():
            self.pick(question, str(number))
        for question, answer in ABOUT[topic].items():
            if answer.isdecimal():
                self.page.get_by_label(self.say(question)).fill(answer)
            else:
                self.pick(question, answer)
        self.pick("How long has it been like this?", "More than a year")
        self.go_on()

    def history(self) -> None:
        self.pick("What have you tried so far?", "Physical therapy or exercise")
        self.pick("Were pictures taken of what hurts?", "MRI scan")
        self.pick("Do any of these apply to you?", "No, none of these apply to me")
        self.pick("When was your last shot of BOTOX or another botulinum toxin?", "Never")
        self.pick("Do you have a referral?", "No, I come on my own")
        self.go_on()

    def you(self) -> None:
        for label, value in self.person.items():
            box = self.page.get_by_label(self.say(label), exact=True).first
            box.select_option(label=self.say(value)) if label == "Month" else box.fill(value)
        spoken = {"Which language do you prefer?": {"en": "English", "es": "Spanish"}[self.language]}
        for question, answer in (CHOICES | spoken).items():
            self.pick(question, answer)
        self.go_on()

    def consent(self) -> None:
        self.page.get_by_label(self.say(AGREED)).check()
        self.page.get_by_label(self.say(NOT_WATCHED)).check()

    def send(self) -> None:
        self.consent()
        self.press("Send request")

    def to_check(self, *, topic: str = "Migraine") -> None:
        """Answer everything from the start page to the check page."""
        self.open()
        self.start()
        self.reason(topic)
        self.safety()
        self.symptoms(topic)
        self.history()
        self.you()
        self.sees("Check your answers")

    def to_sent(self) -> str:
        """Send a whole request; return its reference as shown."""
        self.to_check()
        self.send()
        self.sees("We have your request")
        return self.reference

    @property
    def reference(self) -> str:
        """The reference on the sent page."""
        card = self.page.get_by_role("heading", name=self.say("Your reference")).locator("..")
        return card.locator("p").first.inner_text()
