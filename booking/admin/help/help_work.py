"""Help on the day's work: the queue, the promise, offers, calls, duplicates, closing."""

from __future__ import annotations

# ruff: noqa: E501 (a sentence a line is easier to read than one folded over three)
from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking.admin.help.help_rules import Chapter, Table
from booking.admin.lists.flags import FLAGS
from booking.admin.lists.urgency import HINTS, QueueGroup
from booking.delivery.words import ONWARD, WHY_CLOSED
from booking.hours.clinic import BUSINESS_DAYS
from booking.rules import call_back, offers
from booking.rules.reasons import CloseReason, ContactOutcome, DeclineReason
from treatments.clinic.clinic import clinic_facts


def queue() -> Chapter:
    """Return what the groups of the queue mean."""
    return Chapter(
        "queue",
        _("The queue, and what its groups mean"),
        (
            _(
                "The queue shows what needs you now, most pressing first. A request stands in the first group that fits."
            ),
            _(
                "Same-day requests always stand first, even before late ones, while a reply or a call is owed. The red tile counts them. A colleague’s choice of priority counts over the suggestion."
            ),
            _("The last column names the next step. One click leads there."),
        ),
        points=[(str(group.label), _sentence(str(HINTS[group]))) for group in QueueGroup]
        + [(_("Flags beside a request"), _listed(flag.label for flag in FLAGS.values()))],
    )


def promise() -> Chapter:
    """Return what the clinic promises, and how a request ages against it."""
    facts = clinic_facts()
    days = facts.reply_business_days if facts else BUSINESS_DAYS
    within = ngettext("%(n)d business day", "%(n)d business days", days) % {"n": days}
    return Chapter(
        "promise",
        _("The promise, and how requests age"),
        (
            _("Patients are promised a reply within %(days)s. The day of receipt does not count.") % {"days": within},
            _("Weekends, public holidays and closures do not count. A new closure moves the promises over it."),
            _("The time runs until somebody reached the patient, wrote to them, offered times or booked."),
            _("It runs anew when the patient writes, wants another time, lets times run out, cancels, or does not come."),
            _("Once it has run out, the patient gets a message that says so, once."),
        ),
        points=[
            (_("“2 business days left”, “3 h left”"), _("There is time.")),
            (_("“1 day late”"), _("The promise is broken. These come right after same-day requests, the oldest on top.")),
            (_("“Paused”"), _("It is the patient’s turn.")),
            (_("“Reached”"), _("The promise was kept. The request still needs its next step.")),
        ],
    )  # fmt: skip


def offering() -> Chapter:
    """Return how offers work, and when they lapse."""
    *some, most = offers.HOLD_DAYS
    days = _("%(some)s or %(most)d") % {"some": ", ".join(map(str, some)), "most": most}
    return Chapter(
        "offers",
        _("Offers, and when they run out"),
        (
            _("Offer up to %(most)d times. Each is held for this patient: nobody else can get it.") % {"most": offers.MAX_OFFERED},
            _("The patient chooses one on their private page. The others are free at once."),
            _("You choose how long they are held: until we close in %(days)s business days (%(usual)d is usual).")
            % {"days": days, "usual": offers.USUAL_HOLD_DAYS},
            _("Offering other times takes back those on offer. “Visits to move” lists the ones that cannot be kept."),
            _("They run out %(hours)d hours before the first of them begins, at the latest.") % {"hours": _hours(offers.BEFORE_FIRST)},
            _("%(hours)d hours before they run out, the request moves up in the queue.") % {"hours": _hours(offers.WARN_BEFORE)},
            _("The patient gets a message then, if the times were held for %(held)d hours or more.")
            % {"held": _hours(offers.WARN_ONLY_IF_HELD)},
            _("After that the request is back in review. A time within %(hours)d hours is agreed on the phone.")
            % {"hours": _hours(offers.SOONEST)},
        ),
    )  # fmt: skip


def calls() -> Chapter:
    """Return when to call, and what to note."""
    return Chapter(
        "calls",
        _("Calls"),
        (
            _("“Calls to make” lists patients whom no email told: no address, email not wanted, or not delivered."),
            _("The request says what to tell. Log the call afterwards, with what came of it."),
            _("What is no longer true leaves the list by itself: a visit was moved, cancelled or has begun, an offer is over."),
            _("Leave a message only where the patient allows it; the contact panel says so."),
            _("A call can be planned up to %(days)d days ahead. Then it comes up by itself.") % {"days": call_back.FURTHEST.days},
            _("A request by phone goes through “New from a call”. Ask the safety questions before all the rest."),
            _("“Look the caller up” finds requests by phone, birth date or name. What you typed stays; go on in the open one."),
            _("A birth date beside a name shows only who shares a word of the name, not others born that day."),
            _("Parts that are rarely needed are folded. One with a problem in it opens by itself."),
            _("A second open request of one person is saved all the same. You are told at once, with the way to the first."),
        ),
        points=[
            (_("What came of a call"), _listed(ContactOutcome.labels)),
            (_("When to call again"), _listed(call_back.CallAgain.labels)),
        ],
    )  # fmt: skip


def writing() -> Chapter:
    """Return how staff write to patients."""
    return Chapter(
        "writing",
        _("Writing to patients"),
        (
            _("“Ask patient” waits for an answer. “Write to patient” waits for nothing."),
            _("The patient reads it on their private page. The email only says that something is there."),
            _(
                "A ready text fills in a beginning, in the patient’s language. Read and change it before you send it."
            ),
            _("Nurses and managers keep the ready texts. Each has a history of who changed it."),
        ),
    )


def duplicates() -> Chapter:
    """Return what merging does."""
    return Chapter(
        "duplicates",
        _("Duplicates and merging"),
        (
            _(
                "Two open requests with one birth date and one email (or one phone, without emails) carry the flag “Possible duplicate”. The request page lists all with one birth date and one email, phone or name."
            ),
            _(
                "Each tells its last visit, how it ended and, for those who read answers, the PEG then and now."
            ),
            _(
                "A higher PEG is worse (Krebs et al. 2009). How much of a change matters is for a clinician to judge. Scores of two conditions are not compared."
            ),
            _(
                "Merging closes one and goes on in the other. Nothing is lost: both are read there from then on."
            ),
            _(
                "The earlier promise, news, the higher priority and a planned call go over. The patient is not told."
            ),
            _(
                "A request with a visit or with times on offer cannot be merged away. Merge the other one into it."
            ),
        ),
    )


def closing() -> Chapter:
    """Return how a request ends, and what the patient reads then."""
    return Chapter(
        "closing",
        _("Declining and closing"),
        (
            _("Decline what the clinic cannot take. The reason decides what the patient reads about where to go."),
            _("Close what ends without a visit. An agreed visit is cancelled along with it."),
            _("A request that is not real gets no message, and its links are shut."),
            _("A finished request can be reopened, with a reason. Its promise starts anew."),
        ),
        tables=[
            Table(
                _("Declined: what the patient reads"),
                (_("Reason"), _("Onward advice")),
                [(str(one.label), str(ONWARD[one])) for one in DeclineReason],
            ),
            Table(
                _("Closed: what the patient reads"),
                (_("Reason"), _("Sentence")),
                [(str(one.label), _("No message.") if one == CloseReason.SPAM else str(WHY_CLOSED[one])) for one in CloseReason],
            ),
        ],
    )  # fmt: skip


def _hours(span: timedelta) -> int:
    return round(span.total_seconds() / 3600)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith("?") else ".")


def _listed(words: Iterable[object]) -> str:
    return "; ".join(str(word) for word in words).rstrip(".") + "."
