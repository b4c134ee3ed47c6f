"""How a request stands, as its page shows it: everything read at once, and nothing of the form's answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking.delivery.words import ONWARD, WHY_CLOSED
from booking.forms.masked import last_digits, mask
from booking.hours.clinicians import kept
from booking.models import ConsultationRequest, Event, Visit
from booking.patient.forms import ChooseForm, MessageForm
from booking.patient.progress import progress_steps
from booking.patient.self_service import ACTS
from booking.rules.roles import Role
from booking.rules.statuses import OPEN, OWED, Status
from booking.rules.transitions import Verb

# For so long the page says first what was just done.
JUST_NOW: Final = timedelta(minutes=5)
DONE: Final[dict[str, str | Promise]] = {
    Verb.REPLY: _("We have your message."),
    Verb.WRITE: _("We have your message."),
    Verb.ACCEPT_TIME: _("Your visit is booked."),
    Verb.DECLINE_TIMES: _("We look for other times."),
    Verb.ASK_TO_MOVE: _("We know that you want another time."),
    Verb.ASK_EARLIER: _("You are on the list for an earlier time."),
    Verb.CANCEL_VISIT: _("Your visit is cancelled."),
    Verb.CHANGE_CONTACT: _("Your contact details are changed."),
    Verb.WITHDRAW: _("Your request is taken back."),
}
OFF_THE_LIST: Final = _("We stopped looking for an earlier time. Your visit stays as it is.")


def status_context(consultation: ConsultationRequest) -> dict[str, Any]:
    """Return what the templates of the page know about a request, its visit and clinician being loaded."""
    now, events = timezone.now(), list(consultation.events.all())
    held = held_times(consultation, now)
    times = kept(held)
    held_until = min((time.held_until for time in times if time.held_until), default=None)
    owed = _owes(consultation)
    visit, person = consultation.visit, consultation.person
    return {
        "consultation": consultation,
        "now": f"booking/patient/now/{consultation.status}.html",
        "track": progress_steps(
            consultation, events, by=consultation.reply_by if owed else None, held_until=held_until
        ),
        "owed": owed,
        "late": owed and consultation.reply_by < now,
        "found_before": any(event.verb == Verb.OFFER_TIMES for event in events),
        "times": times,
        "lost": [time for time in held if time not in times],
        "held_until": held_until,
        "visit": visit,
        "visit_over": bool(visit and visit.starts_at <= now),
        "wish": getattr(consultation, "earlier_wish", None),
        "letters": list(consultation.letters.select_related("author")),
        "may": {key.replace("-", "_"): not act.refusal(consultation) for key, act in ACTS.items()},
        "onward": ONWARD.get(consultation.outcome_reason, ""),
        "why_closed": WHY_CLOSED.get(consultation.outcome_reason, ""),
        "phone_end": last_digits(person.phone),
        "email": mask(person.email),
        "done": _just_done(events, now),
        "chooser": ChooseForm(times=times),
        "message": MessageForm(),
    }


def held_times(consultation: ConsultationRequest, now: datetime) -> list[Visit]:
    """Return the times on offer that have not passed; which of them can be kept, `kept` says."""
    if consultation.status != Status.TIMES_OFFERED:
        return []
    return list(consultation.visits.on_offer().filter(starts_at__gt=now).select_related("clinician"))


def _owes(consultation: ConsultationRequest) -> bool:
    waiting = consultation.status in OWED or (consultation.status in OPEN and bool(consultation.news))
    return waiting and consultation.answered_at is None


def _just_done(events: Sequence[Event], now: datetime) -> str | Promise:
    latest = events[0] if events else None
    if latest is None or latest.actor != Role.PATIENT or latest.at < now - JUST_NOW:
        return ""
    if latest.verb == Verb.ASK_EARLIER and not latest.codes.get("wanted"):
        return OFF_THE_LIST
    return DONE.get(latest.verb, "")
