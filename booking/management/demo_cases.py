"""The fictional requests of the demonstration: what each is about, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from booking.rules.questions import Duration, HeadacheHours, Health, Language, LastToxin, Payment, SameDayCare
from booking.rules.safety import Topic
from booking.rules.topics import FEATURES, HEADACHE, PLACES

# What happened after the request came in, step by step (the steps are methods of demo_story.Story).
PATHS: Final[dict[str, tuple[str, ...]]] = {
    "new": (),
    "in review": ("review",),
    "tried to call": ("review", "no_answer"),
    "call back": ("review", "call_later"),
    "sooner": ("review", "raise_priority"),
    "waiting": ("review", "ask"),
    "replied": ("review", "ask", "reply"),
    "offered": ("review", "offer"),
    "none suit": ("review", "offer", "none_suit"),
    "chosen": ("review", "offer", "choose"),
    "asks to move": ("review", "offer", "choose", "ask_to_move"),
    "moved": ("review", "book_ahead", "move"),
    "cancelled": ("review", "book_ahead", "cancel"),
    "booked": ("review", "reached", "book_ahead"),
    "hopes": ("review", "reached", "book_ahead", "wish_earlier"),
    "seen": ("review", "book", "seen"),
    "no-show": ("review", "book", "no_show", "reached"),
    "declined": ("review", "decline"),
    "unreachable": ("review", "no_answer", "voicemail", "close_unreachable"),
    "duplicate": ("close_duplicate",),
    "spam": ("close_spam",),
    "withdrawn": ("review", "withdraw"),
    "reopened": ("review", "decline", "reopen"),
}


@dataclass(frozen=True)
class Case:
    """One request: how many days ago it came, about what, which of PATHS it went, and what is special."""

    days_ago: float
    topic: Topic
    path: str = "new"
    safety: tuple[str, ...] = ()
    phone: bool = False
    mail_fails: bool = False
    # Nobody has told the patient by phone yet what no e-mail could.
    to_call: bool = False
    person: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)


M, H, B, J, O = Topic.MIGRAINE, Topic.TENSION_HEADACHE, Topic.BACK_PAIN, Topic.TMJ, Topic.OTHER  # noqa: E741
ES: Final = {"language": Language.SPANISH}
INTERPRETER: Final = {**ES, "interpreter": "yes"}
NO_MAIL: Final = {"email": "", "channel": "phone"}
SELF_PAY: Final = {"payment": Payment.SELF_PAY}
CHAIR: Final = {"access_needs": "I use a wheelchair."}
FOR_PARENT: Final = {
    "who_for": "adult",
    "asker_name": "Test Daughter",
    "relation": "child",
    "may_speak": "yes",
}
FOR_CHILD: Final = {
    "who_for": "minor", "asker_name": "Test Parent", "relation": "parent", "may_speak": "yes",
    "birth_date": "2011-05-14",
}  # fmt: skip
QUIET: Final = {"no_online_page": "yes", "call_parts": ("am",), "leave_message": "no"}
VIETNAMESE: Final = {"interpreter": "yes", "interpreter_language": "Vietnamese"}
THINNER: Final = {"health": (Health.BLEEDING,)}

CASES: Final[tuple[Case, ...]] = (
    Case(0.03, M, safety=("HD-4",), answers={"same_day_care": SameDayCare.TODAY}),
    Case(0.1, J, safety=("JW-1",), person=ES, answers={"same_day_care": SameDayCare.CHECKED}),
    Case(0.2, B),
    Case(0.4, H, person=SELF_PAY | QUIET),
    Case(0.6, M, safety=("HD-7",), phone=True, person=NO_MAIL),
    Case(0.9, O, answers={"reason": "My shoulder hurts when I reach up."}),
    Case(1.2, B, safety=("BK-7",), person=CHAIR),
    Case(1.6, M, person=INTERPRETER),
    Case(4.2, H, mail_fails=True),
    Case(5.3, B, person=NO_MAIL, phone=True),
    Case(6.1, M, safety=("ALL-6",)),
    Case(0.8, M, "in review", safety=("HD-6",), answers={"same_day_care": SameDayCare.CHECKED}),
    Case(1.1, H, "in review", person=FOR_PARENT),
    Case(1.7, B, "in review", answers=THINNER),
    Case(5.8, J, "in review", person=ES),
    Case(2.2, B, "tried to call", person=NO_MAIL),
    Case(6.4, O, "call back", answers={"reason": "Pain in my foot after a long day."}),
    Case(1.4, M, "sooner", person=CHAIR),
    Case(3.1, M, "waiting", person=FOR_CHILD),
    Case(4.4, B, "waiting", person=ES),
    Case(7.2, J, "waiting", safety=("JW-2",), person=VIETNAMESE),
    Case(2.4, H, "replied"),
    Case(3.6, M, "replied", person=ES),
    Case(3.3, M, "offered"),
    Case(2.9, J, "offered", person=NO_MAIL, phone=True, to_call=True),
    Case(3.9, B, "none suit"),
    Case(4.1, H, "offered", person=SELF_PAY),
    Case(5.1, B, "offered", person=INTERPRETER),
    Case(4.3, M, "chosen"),
    Case(5.2, B, "asks to move"),
    Case(6.3, J, "moved", person=ES),
    Case(4.9, H, "cancelled"),
    Case(4.6, M, "hopes"),
    Case(5.5, M, "hopes", safety=("HD-8",)),
    Case(6.7, B, "booked", phone=True, person=NO_MAIL),
    Case(7.4, J, "booked"),
    Case(8.3, H, "booked", person=ES),
    Case(13.2, M, "seen"),
    Case(15.4, B, "seen", safety=("BK-7",)),
    Case(18.1, J, "seen", person=SELF_PAY),
    Case(21.3, H, "seen", person=ES),
    Case(16.6, M, "no-show"),
    Case(9.2, O, "declined", answers={"reason": "Pain in both hands in the morning."}),
    Case(10.5, B, "declined", person=ES),
    Case(12.3, M, "declined"),
    Case(14.7, H, "unreachable", person=NO_MAIL),
    Case(6.9, M, "duplicate"),
    Case(3.8, O, "spam", answers={"reason": "Cheap watches for you."}),
    Case(5.9, J, "withdrawn"),
    Case(11.4, M, "reopened"),
)

WORDS: Final = {
    Topic.MIGRAINE: "It starts behind one eye. Light and noise make it worse.",
    Topic.TENSION_HEADACHE: "It feels like a tight band, mostly in the afternoon.",
    Topic.BACK_PAIN: "It is worst when I sit for long, better when I walk.",
    Topic.TMJ: "My jaw aches in the morning and clicks when I chew.",
    Topic.OTHER: "",
}


def person_of(case: Case, number: int) -> dict[str, Any]:
    """Return the fields of Person: plainly fictional, numbers kept free for fiction (555-0100 to -0199)."""
    born = 1961 if {"HD-4", "JW-4"} & set(case.safety) else 1950 + number * 7 % 52
    usual = {
        "full_name": f"Test Patient {number:02}",
        "birth_date": f"{born}-{1 + number % 12:02}-{1 + number * 5 % 28:02}",
        "phone": f"+1480555{100 + number % 100:04}",
        "email": f"test.patient.{number:02}@example.com",
        "been_here": "returning" if number % 4 == 0 else "new",
        "channel": "email" if number % 3 == 0 else "phone",
        "leave_message": "no" if number % 5 == 0 else "yes",
        "times": ("mon-am", "wed-am") if number % 2 else ("tue-am", "tue-pm", "thu-am", "thu-pm", "fri-am"),
        "payment": Payment.INSURED,
    }
    return usual | case.person


def answers_of(case: Case, number: int) -> dict[str, Any]:
    """Return the fields of Answers."""
    usual: dict[str, Any] = {
        "topic": case.topic,
        "safety": case.safety,
        "pain": 4 + number % 6,
        "enjoyment": 3 + number * 3 % 7,
        "activity": 2 + number * 5 % 8,
        "duration": list(Duration)[number % len(Duration)],
        "in_own_words": WORDS[case.topic],
        "tried": ("pain-medicine", "physical-therapy") if number % 2 else ("pain-medicine", "preventive"),
        "last_toxin": LastToxin.NEVER,
        "where": PLACES[case.topic][number % 2 : number % 2 + 1 + number % 3],
        "features": FEATURES.get(case.topic, ())[: number % 3],
        "imaging": ((), ("mri",), ("x-ray", "ct"))[number % 3],
        "referral": "yes" if number % 4 == 0 else "no",
    }
    if case.topic == Topic.TMJ:
        usual["jaw_opening"] = "under-two" if "JW-1" in case.safety else ("three", "two")[number % 2]
    if case.topic in HEADACHE:
        usual |= {
            "headache_days": 6 + number * 3 % 20,
            "migraine_days": (4 + number * 2 % 9) if case.topic == Topic.MIGRAINE else None,
            "headache_hours": HeadacheHours.OVER_4 if number % 3 else HeadacheHours.UNDER_4,
            "medicine_days": 12 if "HD-8" in case.safety else 2 + number % 7,
        }
    return usual | case.answers
