"""How a request stands against the promised reply, in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking.admin.base.words import dated, moment_words
from booking.models import ConsultationRequest
from booking.rules.priority import Priority
from booking.rules.reply_by import Calendar
from booking.rules.statuses import FINAL, Status

UNREAD = frozenset({Status.NEW, Status.IN_REVIEW})


@dataclass(frozen=True)
class Ageing:
    """One mark: `kind` (late, today, ok, paused, done) picks icon and colour; the words say it all."""

    kind: str
    text: str
    when: str
    promised: bool = False

    @property
    def sentence(self) -> str:
        """All of it in one line, for the head of a page."""
        if not self.promised:
            return _("%(what)s, %(when)s") % {"what": self.text, "when": self.when}
        if self.kind == "late":
            return _("Reply was due %(when)s: %(late)s") % {"when": self.when, "late": self.text}
        return _("Reply by %(when)s: %(left)s") % {"when": self.when, "left": self.text}

    @property
    def icon(self) -> str:
        """The name of the icon beside the words."""
        return {"late": "clock-alert", "done": "circle-check", "visit": "calendar-check"}.get(
            self.kind, "clock"
        )


def ageing(consultation: ConsultationRequest, now: datetime, calendar: Calendar) -> Ageing:
    """Return how a request stands at `now`; its visit must be loaded."""
    if consultation.status in FINAL:
        return Ageing(
            "done", consultation.get_status_display(), moment_words(consultation.status_changed_at, now)
        )
    if consultation.status == Status.SCHEDULED and consultation.visit and not consultation.news:
        began = consultation.visit.starts_at <= now
        text = _("Visit has begun") if began else _("Visit agreed")
        return Ageing("today" if began else "visit", text, moment_words(consultation.visit.starts_at, now))
    if consultation.status not in UNREAD and not consultation.news:
        since = moment_words(consultation.status_changed_at, now)
        return Ageing("paused", _("Paused"), _("since %(when)s") % {"when": since})
    if consultation.answered_at:
        return Ageing("done", _("Reached"), moment_words(consultation.answered_at, now))
    against = _against_promise(consultation.reply_by, now, calendar)
    # The promise to the patient may end later than the rules ask staff to act.
    acts_today = consultation.priority == Priority.SAME_DAY and against.kind == "ok"
    return replace(against, kind="today", text=_("Act today")) if acts_today else against


def lapsing(held_until: datetime, now: datetime) -> Ageing:
    """Return how times on offer stand that are given up soon."""
    left = (
        _("Lapses in %(time)s") % {"time": _span(held_until - now)} if held_until > now else _("Lapses now")
    )
    return Ageing("today", left, moment_words(held_until, now))


def _against_promise(reply_by: datetime, now: datetime, calendar: Calendar) -> Ageing:
    when = moment_words(reply_by, now)
    if reply_by <= now:
        # A bare weekday would read as the one to come.
        return Ageing(
            "late", _("%(time)s late") % {"time": _span(now - reply_by)}, dated(reply_by, now), True
        )
    today, last = timezone.localtime(now).date(), timezone.localtime(reply_by).date()
    if today == last:
        return Ageing("today", _("%(time)s left") % {"time": _span(reply_by - now)}, when, True)
    days = sum(calendar.is_business_day(today + timedelta(days=n)) for n in range(1, (last - today).days + 1))
    text = ngettext("%(count)d business day left", "%(count)d business days left", days) % {"count": days}
    return Ageing("ok", text, when, True)


def _span(span: timedelta) -> str:
    minutes = max(int(span.total_seconds() // 60), 1)
    if minutes < 60:
        return _("%(minutes)d min") % {"minutes": minutes}
    if minutes < 24 * 60:
        hours, rest = divmod(minutes, 60)
        return _("%(h)d h %(m)d min") % {"h": hours, "m": rest} if rest else _("%(h)d h") % {"h": hours}
    days = minutes // (24 * 60)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
