"""How the patient's private links stand, for the request page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking.actions import Actor
from booking.admin.base.words import moment_words
from booking.admin.reading.steps import VerbButton, step
from booking.models import ConsultationRequest, Link
from booking.rules.contact_permission import may_email, may_open_online
from booking.rules.documents import Person
from booking.rules.transitions import TRANSITIONS, Verb


@dataclass(frozen=True)
class LinkState:
    """Sentences about the links, and what can be done with them."""

    lines: list[str]
    steps: list[VerbButton]


def link_state(
    consultation: ConsultationRequest, links: list[Link], person: Person, actor: Actor, now: datetime
) -> LinkState:
    """Return how the links of a request stand."""
    alive = [link for link in links if link.is_alive(now)]
    wanted = may_open_online(person)
    lines = _lines(alive, now) if wanted else [_("The patient wants no page on the internet.")]
    possible = {Verb.RENEW_LINK: wanted and may_email(person), Verb.REVOKE_LINKS: alive}
    verbs = [verb for verb, can in possible.items() if can and TRANSITIONS[verb].actors & actor.roles]
    return LinkState(lines, [step(consultation, verb) for verb in verbs])


def _lines(alive: list[Link], now: datetime) -> list[str]:
    if not alive:
        return [_("No link is open.")]
    until = max(link.expires_at for link in alive)
    opened = [link.last_used_at for link in alive if link.last_used_at]
    resting = [link.rests_until for link in alive if link.rests_until and link.rests_until > now]
    count = ngettext(
        "%(n)d link is open, until %(when)s.", "%(n)d links are open, until %(when)s.", len(alive)
    )
    lines = [count % {"n": len(alive), "when": moment_words(until, now)}]
    lines.append(
        _("Last opened: %(when)s.") % {"when": moment_words(max(opened), now)}
        if opened
        else _("Never opened.")
    )
    if resting:
        when = moment_words(max(resting), now)
        lines.append(_("Wrong birth dates were tried: it rests until %(when)s.") % {"when": when})
    return lines
