"""Help on what the rules say: priorities and their sources, safety notes, roles, the record."""

from __future__ import annotations

# ruff: noqa: E501 (a sentence a line is easier to read than one folded over three)
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from booking.admin.help.help_states import TAKEN
from booking.models.access import Look, who_may_look
from booking.rules import safety, triage
from booking.rules.injection_precautions import LABEL, MATTERS
from booking.rules.priority import PRIORITY_OF
from booking.rules.questions import Health, LastToxin
from booking.rules.reasons import PriorityReason
from booking.rules.roles import STAFF, Role

SHORT = 12


@dataclass(frozen=True)
class Table:
    """A table with its caption; the first cell of a row names it."""

    caption: str
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]

    @property
    def is_short(self) -> bool:
        """Whether it stands open from the start."""
        return len(self.rows) <= SHORT


@dataclass(frozen=True)
class Chapter:
    """A chapter under its own address: sentences, points, and a table."""

    anchor: str
    title: str
    sentences: tuple[str, ...]
    points: list[tuple[str, str]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


def priority() -> Chapter:
    """Return how a priority is suggested: every rule with its source."""
    return Chapter(
        "priority",
        _("Priorities, and how they are suggested"),
        (
            _("Rules suggest how soon to act on a new request. The most urgent rule that fires decides."),
            _("Nobody is turned away by a rule, and a rule is no diagnosis. A nurse decides."),
            _(
                "Nurses and clinicians may set another one, with a reason. What the rules said stays beside it."
            ),
            _("These are version %(version)s of the rules. A request keeps the version that judged it.")
            % {"version": safety.VERSION},
        ),
        points=[(_("Reasons for another priority"), _listed(PriorityReason.labels))],
        tables=[
            Table(
                _("Checked in the safety questions"),
                _rule_head(),
                [_rule(one.code, one.level, str(one.text), one.sources) for one in safety.QUESTIONS],
            ),
            Table(
                _("Read from other answers"),
                _rule_head(),
                [_rule(one.code, one.level, str(one.words), one.sources) for one in triage.RULES],
            ),
            Table(_("Sources"), (_("Letter"), _("Source")), list(safety.SOURCES.items())),
        ],
    )


def safety_notes() -> Chapter:
    """Return what the levels of the safety questions do."""
    labels = {level: str(level.label) for level in safety.Level}
    return Chapter(
        "safety",
        _("Safety notes"),
        (
            _("Before name and contact, the form asks about signs that cannot wait."),
            _("What a patient checked stands on top of the request, with its code and source."),
        ),
        points=[
            (
                labels[safety.Level.EMERGENCY],
                _(
                    "The form stops and says to call 911. Nothing of the person is kept. On the phone, tell the "
                    "caller to call 911 now. The request that you typed in shows the sign in red."
                ),
            ),
            (
                labels[safety.Level.SAME_DAY],
                _(
                    "The patient is advised for today and may go on. Staff get a message at once, and a flag "
                    "tells whether a doctor has checked it, or will that day, as the patient said."
                ),
            ),
            (labels[safety.Level.NOTE], _("A flag for whoever reads the request.")),
        ],
    )  # fmt: skip


def before_a_shot() -> Chapter:
    """Return the answers that matter before anybody speaks of a shot."""
    labels = dict(Health.choices) | dict(LastToxin.choices)
    return Chapter(
        "before-a-shot",
        _("Before anybody speaks of a shot"),
        (
            _("These answers are shown to staff as flags. The site rejects nobody because of them."),
            _("For migraine, the request also shows the patient's numbers beside those of the label."),
        ),
        tables=[
            Table(
                _("Answers that matter"),
                (_("Flag"), _("What the patient checks"), _("Why it matters"), _("Source")),
                [
                    (str(one.name), str(labels[one.code]), str(one.why), ", ".join(one.sources))
                    for one in MATTERS
                ],
            ),
            Table(
                _("Numbers of the label for chronic migraine"),
                (_("What"), _("Label")),
                [(str(one.name), str(one.asks)) for one in LABEL],
            ),
        ],
    )


def roles() -> Chapter:
    """Return who may take which step and see what."""
    staff = [role for role in Role if role in STAFF]
    head = (_("Step"), *(str(role.label) for role in staff))
    may = [(str(row.verb.label), *_marks(staff, row.actors)) for row in TAKEN if row.actors & STAFF]
    looks = [
        (str(look.label), *_marks(staff, who_may_look(look)))
        for look in Look
        # Not taken by a person.
        if look not in (Look.DENIED, Look.EXPORTED, Look.FEED)
    ]
    return Chapter(
        "roles",
        _("Who may do what"),
        (
            _("Reception sees contact and schedule, and of the answers only what a request is about."),
            _(
                "Reception corrects contact and what a visit needs. A nurse corrects who the patient is, and who asks."
            ),
            _("A clinician without another role opens requests of their own patients, and unassigned ones."),
            _("Nurses, clinicians and managers read and write the notes for colleagues."),
            _("An editor writes the public pages and sees no request."),
        ),
        tables=[
            Table(_("Steps"), head, may),
            Table(_("Looks"), (_("Look"), *head[1:]), looks),
        ],
    )


def record() -> Chapter:
    """Return what is recorded."""
    return Chapter(
        "record",
        _("What is recorded"),
        (
            _("Every look at a request is written down before anything is shown: who, when, which request."),
            _("Every step of the table below is written down too, with codes and names of fields, never with what was typed."),
            _("A note stays as it was written, with its author and time. It cannot be changed or removed."),
            _("A PEG that is shown beside another request counts as a look at the request it comes from."),
            _("Nobody on staff can change or remove that record. Managers read it on the audit page."),
            _("A private calendar feed is read without signing in. Each time it shows visits is on record, but not who read it."),
            _("This help names no patient. Reading it is not recorded."),
        ),
        points=[(_("Written down as"), _listed(str(look.label) for look in Look))],
    )  # fmt: skip


def _rule_head() -> tuple[str, ...]:
    return _("Code"), _("What was checked or follows"), _("Level"), _("Suggests"), _("Source")


def _rule(code: str, level: safety.Level, words: str, sources: str) -> tuple[str, ...]:
    return code, words, str(level.label), str(PRIORITY_OF[level].label), ", ".join(sources)


def _marks(staff: list[Role], may: Iterable[Role]) -> tuple[str, ...]:
    return tuple(_("yes") if role in may else "–" for role in staff)


def _listed(words: Iterable[object]) -> str:
    return "; ".join(str(word) for word in words).rstrip(".") + "."
