"""Entries of the audit list in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking.admin.base.words import staff_name
from booking.admin.reading.timeline import Moment, timeline
from booking.admin.reports.audit_log import Entry
from booking.exports.columns import ExportPart
from booking.models import AccessLog, AccountEvent, Event
from booking.models.access import Look
from booking.models.account import AccountAct
from booking.rules.reference import shown
from booking.rules.roles import Role
from booking.rules.statuses import Status
from booking.rules.transitions import Verb

ICONS: Final[dict[str, str]] = {
    Look.LIST: "inbox",
    Look.VIEW: "file-text",
    Look.HISTORY: "clock",
    Look.BESIDE: "copy",
    Look.SEARCH: "search",
    Look.CALL_FORM: "phone-call",
    Look.FIGURES: "chart-column",
    Look.AUDIT: "scroll-text",
    Look.SHEET: "printer",
    Look.TOLD: "message-circle-warning",
    Look.EXPORT: "download",
    Look.EXPORTED: "download",
    Look.CALENDAR: "calendar-days",
    Look.FEED: "calendar-days",
    Look.FEED_MADE: "calendar-check",
    Look.FEED_ENDED: "calendar-x",
    Look.DENIED: "ban",
}
LABELS: Final[dict[str, Sequence[tuple[Any, Any]]]] = {
    "statuses": Status.choices,
    "parts": ExportPart.choices,
    "what": (*Verb.choices, *Look.choices),
}


@dataclass(frozen=True)
class AuditLine:
    """One entry: when, who, what, about which request; `refused` marks what did not happen."""

    at: datetime
    who: str
    icon: str
    text: str
    detail: str
    reference: str
    url: str
    refused: bool = False


def lines(entries: Sequence[Entry], people: Mapping[int, User]) -> list[AuditLine]:
    """Return entries in words, in the order given; `people` are all accounts by key."""
    moments = iter(timeline([one for one in entries if isinstance(one, Event)], people.values()))
    return [_line(one, moments) for one in entries]


def _line(entry: Entry, moments: Iterator[Moment]) -> AuditLine:
    if isinstance(entry, Event):
        return _done(entry, next(moments))
    return _looked(entry) if isinstance(entry, AccessLog) else _kept(entry)


def _done(event: Event, moment: Moment) -> AuditLine:
    return AuditLine(event.at, moment.by, moment.icon, moment.text, moment.change, *_about(event))


def _looked(look: AccessLog) -> AuditLine:
    refused = look.look == Look.DENIED
    text = str(Look(look.look).label)
    if refused and look.codes.get("look"):
        text = _("Was refused: %(what)s") % {"what": _label(look.codes["look"])}
    if look.look == Look.EXPORT:
        text = export_words(look.codes)
    icon = ICONS.get(look.look, "user")
    detail = look.feed.clinician.name if look.feed else detail_words(look.codes)
    return AuditLine(look.at, _who(look), icon, text, detail, *_about(look), refused)


def _who(look: AccessLog) -> str:
    if look.user:
        return staff_name(look.user)
    # Whoever has the address: nobody signs in to read a feed.
    return _("A calendar program") if look.look == Look.FEED else str(Role.SYSTEM.label)


def _kept(event: AccountEvent) -> AuditLine:
    text = f"{event.get_act_display()}: {staff_name(event.account)}"
    roles = [_role(code) for code in event.codes.get("roles", event.codes.get("after", []))]
    refused = event.act == AccountAct.REFUSED
    icon = "ban" if refused else "users"
    # Whoever was refused gave this name; who it was, nobody knows.
    who = _("Somebody") if refused else staff_name(event.user)
    return AuditLine(event.at, who, icon, text, ", ".join(roles), "", "", refused)


def export_words(codes: dict[str, Any]) -> str:
    """Return what an export held, by number and format."""
    if codes.get("what") == "audit":
        return _("Exported the audit list")
    count = codes.get("requests", 0)
    words = ngettext(
        "Exported %(count)d request as %(format)s", "Exported %(count)d requests as %(format)s", count
    )
    return words % {"count": count, "format": str(codes.get("format", "")).upper()}


def detail_words(codes: dict[str, Any]) -> str:
    """Return the choices of a look: days, statuses, parts, whose entries."""
    days = [_day(codes[name]) for name in ("first", "last") if codes.get(name)]
    pieces = [_("%(first)s to %(last)s") % {"first": days[0], "last": days[1]}] if len(days) == 2 else []
    for name, choices in LABELS.items():
        values = codes.get(name, [])
        known = dict(choices)
        pieces += [str(known.get(one, one)) for one in (values if isinstance(values, list) else [values])]
    if codes.get("same_day"):
        pieces.append(_("same day: %(same_day)d") % codes)
    if "late" in codes:
        pieces.append(_("visits: %(visits)d, calls: %(calls)d, overdue: %(late)d") % codes)
    if codes.get("who"):
        pieces.append(_("one person's entries"))
    if codes.get("refused"):
        pieces.append(_("refused only"))
    if page := codes.get("page"):
        pieces.append(page)
    if reference := codes.get("reference"):
        pieces.append(shown(reference))
    return ", ".join(pieces)


def _day(text: str) -> str:
    try:
        return date_format(date.fromisoformat(text), "M j, Y")
    except ValueError:
        return text


def _role(code: str) -> str:
    return str(dict(Role.choices).get(code, code))


def _about(entry: Event | AccessLog) -> tuple[str, str]:
    if entry.request is None:
        return "", ""
    url = reverse("admin:booking_consultationrequest_history", args=[entry.request_id])
    return shown(entry.request.reference), url


def _label(look: str) -> str:
    return str(dict(Look.choices).get(look, look)).lower()
