"""The panels of the dashboard: each a table, which is also its CSV, and a drawing of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.admin.reports.dashboard_charts import Bar, Chart, bars, curves, shares, stacked
from booking.admin.reports.dashboard_figures import Figures
from booking.admin.reports.dashboard_received import Waits
from booking.rules.figures import DAY, WEEK, Span
from booking.rules.reasons import CloseReason
from booking.rules.safety import BY_CODE, Topic
from booking.rules.statuses import OPEN, Status

# The steps that a patient completes, as booking/intake counts them.
START: Final = "start"
STEPS: Final = {
    START: gettext_lazy("Started"),
    "reason": gettext_lazy("Your request"),
    "safety": gettext_lazy("Safety check"),
    "symptoms": gettext_lazy("Your pain"),
    "history": gettext_lazy("Treatments and health"),
    "you": gettext_lazy("About you"),
}
SHORT: Final[dict[str, str | Promise]] = {
    Topic.MIGRAINE: gettext_lazy("Migraine"),
    Topic.BACK_PAIN: gettext_lazy("Back"),
    Topic.TMJ: gettext_lazy("Jaw"),
    Topic.TENSION_HEADACHE: gettext_lazy("Tension headache"),
    Topic.OTHER: gettext_lazy("Something else"),
}
CLOSED: Final[dict[str, Promise]] = {
    CloseReason.UNREACHABLE: gettext_lazy("Never reached"),
    CloseReason.DUPLICATE: gettext_lazy("Duplicate"),
    CloseReason.SPAM: gettext_lazy("Not a real request"),
}
Cell = str | int | float | None


@dataclass(frozen=True)
class Panel:
    """One question about the figures: its table, and a chart or bars. `name` is its place in the address."""

    name: str
    title: str
    lead: str
    head: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    chart: Chart | None = None
    bars: list[Bar] = field(default_factory=list)
    note: str = ""
    kind: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(cell for row in self.rows for cell in row[1:])


def panels(figures: Figures, span: Span, topic: str) -> list[Panel]:
    """Return all panels in the order of the page."""
    return [
        _requests(figures, span, topic),
        _waits(figures, span),
        _promise(figures, span),
        _steps(figures),
        _outcomes(figures),
        _emergencies(figures),
    ]


def week_words(week: date, span: Span) -> str:
    """Return a week by its Monday; a star says that it is not over, or begins before the range."""
    return date_format(week, "M j") + "*" * (week < span.first or span.last < week + WEEK - DAY)


def _labels(span: Span) -> list[str]:
    return [week_words(week, span) for week in span.weeks]


def _requests(figures: Figures, span: Span, topic: str) -> Panel:
    topics = [one for one in SHORT if topic in ("", one)]
    rows = [[figures.requests.get((week, one), 0) for one in topics] for week in span.weeks]
    names, labels = [str(SHORT[one]) for one in topics], _labels(span)
    title = _("Requests per week")
    return Panel(
        "requests", title, _("By condition, from the website and by phone"),
        (_("Week of"), *names, _("All")),
        [(label, *row, sum(row)) for label, row in zip(labels, rows, strict=True)],
        stacked(title, names, labels, rows),
    )  # fmt: skip


def _waits(figures: Figures, span: Span) -> Panel:
    waits, labels = [figures.waits.get(week, Waits()) for week in span.weeks], _labels(span)
    title = _("Time to first contact")
    lines = [
        ("a", _("Half"), [one.half for one in waits]),
        ("b", _("9 in 10"), [one.most for one in waits]),
    ]
    return Panel(
        "first-contact", title, _("Clinic hours, by week received"),
        (_("Week of"), _("Half within, hours"), _("9 in 10 within, hours"), _("Requests reached")),
        [(label, _round(one.half), _round(one.most), one.count)
         for label, one in zip(labels, waits, strict=True)],
        curves(title, labels, lines),
        note=_("Clinic hours from arrival to the first answer, call or message."),
    )  # fmt: skip


def _promise(figures: Figures, span: Span) -> Panel:
    rows = [(figures.kept[week], figures.due[week]) for week in span.weeks]
    percent = [100 * kept / due if due else None for kept, due in rows]
    labels, title = _labels(span), _("Inside the promise")
    return Panel(
        "promise", title, _("Share in percent reached by the time promised on arrival"),
        (_("Week of"), _("In time"), _("Due"), _("Percent")),
        [(label, *row, _round(share)) for label, row, share in zip(labels, rows, percent, strict=True)],
        shares(title, labels, percent),
        note=_("Left out: not due yet, or ended before anybody answered."),
    )  # fmt: skip


def _steps(figures: Figures) -> Panel:
    counts = [(str(label), figures.step.get(key, 0)) for key, label in STEPS.items()]
    counts.append((_("Sent"), figures.sent))
    started = counts[0][1]
    emergencies = sum(figures.emergency.values())
    return Panel(
        "steps", _("Where patients stop"), _("Anonymous counts of completed steps, all conditions"),
        (_("Step completed"), _("Patients"), _("Percent of started")),
        [(label, count, _round(100 * count / started if started else None)) for label, count in counts],
        bars=bars(counts, of=started),
        note=_("Told to call 911: %(count)d.") % {"count": emergencies} if emergencies else "",
    )  # fmt: skip


def _outcomes(figures: Figures) -> Panel:
    found = dict[str, int]()
    for (status, reason), count in figures.outcomes.items():
        label = _outcome(status, reason)
        found[label] = found.get(label, 0) + count
    rows = sorted(found.items(), key=lambda row: -row[1])
    return Panel(
        "outcomes", _("Outcomes"), _("How the requests received in the range stand today"),
        (_("Outcome"), _("Requests"), _("Percent")), _with_percent(rows), bars=bars(rows), kind="terra",
    )  # fmt: skip


def _emergencies(figures: Figures) -> Panel:
    rows = [
        (_question(code), count) for code, count in sorted(figures.emergency.items(), key=lambda row: -row[1])
    ]
    return Panel(
        "emergencies", _("Stopped at the safety check"),
        _("Told to call 911, all conditions. Counts by question, nothing else is kept"),
        (_("Question"), _("Times"), _("Percent")), _with_percent(rows), bars=bars(rows), kind="red",
    )  # fmt: skip


def _outcome(status: str, reason: str) -> str:
    if status in OPEN:
        return _("Visit agreed") if status == Status.SCHEDULED else _("Still open")
    if status == Status.CLOSED:
        return str(CLOSED.get(reason, _("Closed")))
    return str(Status(status).label)


def _question(code: str) -> str:
    words = str(BY_CODE[code].text).split() if code in BY_CODE else []
    return f"{code} " + " ".join(words[:5]).rstrip(",.") + "…" * (len(words) > 5)


def _with_percent(rows: Sequence[tuple[str, int]]) -> list[tuple[Cell, ...]]:
    whole = sum(count for _label, count in rows)
    return [(label, count, _round(100 * count / whole)) for label, count in rows]


def _round(number: float | None) -> float | None:
    return None if number is None else round(float(number), 1)
