"""What the queue is narrowed by: codes alone, so that an address never tells about a person."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Self
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.admin.lists.flags import FLAGS
from booking.admin.lists.urgency import due_today, lapsing, news, overdue, same_day, to_call, visit_today
from booking.models.request import DOUBTFUL
from booking.rules.abuse import SUSPECT
from booking.rules.priority import Priority
from booking.rules.questions import Language
from booking.rules.safety import Topic
from booking.rules.statuses import FINAL, OPEN, Status

FINISHED: Final = "finished"
MINE: Final = "me"
NOBODY: Final = "nobody"
CALLS: Final = "calls"
# What the tiles show; their words are those of the tiles.
SHOWN: Final = {
    "same-day": _("Same day"),
    "overdue": _("Overdue"),
    "today": _("Due today"),
    "visits": _("Visits today"),
    "news": _("News from patients"),
    "lapsing": _("Offers running out"),
    CALLS: _("Calls to make"),
    "doubtful": _("May not be real"),
}
# What they lead to; `doubtful` is told from all other lists, below.
SHOW: Final[dict[str, Callable[[datetime], Q]]] = {
    "same-day": same_day,
    "overdue": overdue,
    "today": due_today,
    "visits": visit_today,
    "news": lambda now: news(),
    "lapsing": lapsing,
    CALLS: to_call,
}
STATUS_CHOICES: Final = (
    *((status.value, status.label) for status in Status if status in OPEN),
    (FINISHED, _("All finished")),
    *((status.value, status.label) for status in Status if status in FINAL),
)
AGES: Final = (
    ("1", _("Over 1 day")),
    ("2", _("Over 2 days")),
    ("7", _("Over a week")),
    ("30", _("Over a month")),
)
CHOICES: Final[dict[str, tuple[Any, tuple[tuple[str, Any], ...]]]] = {
    "topic": (_("Condition"), tuple(Topic.choices)),
    "priority": (_("Priority"), tuple(Priority.choices)),
    "status": (_("Status"), STATUS_CHOICES),
    "flag": (_("Flag"), tuple((code, flag.label) for code, flag in FLAGS.items())),
    "language": (_("Language"), tuple(Language.choices)),
    "age": (_("Age"), AGES),
}
# Besides "me" and "nobody": the number of a colleague's account.
_COLLEAGUE: Final = re.compile(r"[1-9][0-9]{0,8}")
_DAY: Final = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
_HASHES: Final = re.compile(r"[0-9a-f]{16}(,[0-9a-f]{16}){0,19}")


@dataclass(frozen=True)
class Filters:
    """The choices of one look at the queue. What is not a known code is left out."""

    show: str = ""
    who: str = ""
    topic: str = ""
    priority: str = ""
    status: str = ""
    flag: str = ""
    language: str = ""
    age: str = ""
    until: str = ""
    find: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """Read the choices from an address."""
        known = {name: {code for code, _label in choices} for name, (_title, choices) in CHOICES.items()}
        known |= {"show": set(SHOWN), "who": {MINE, NOBODY}}
        values = {name: query.get(name, "") for name in known if query.get(name, "") in known[name]}
        if _COLLEAGUE.fullmatch(query.get("who", "")):
            values["who"] = query.get("who", "")
        if _HASHES.fullmatch(query.get("find", "")):
            values["find"] = query.get("find", "")
        if values.get("status") in {FINISHED, *FINAL} and values.get("show") != CALLS:
            # What asks for something today is not finished; only a call may be owed to those who are.
            values |= {"show": "", "until": _day(query.get("until", ""))}
        return cls(**values)

    def address(self, **changes: str) -> str:
        """Return these choices, with some changed, as the query of an address; "" when there are none."""
        query = urlencode({name: value for name, value in (asdict(self) | changes).items() if value})
        return f"?{query}" if query else ""

    @property
    def kept_address(self) -> str:
        """These choices as a saved view keeps them: without what was searched for, and without a day."""
        return self.address(find="", until="")

    @property
    def hashes(self) -> list[int]:
        """The search hashes, as the database keeps them (signed)."""
        numbers = [int(part, 16) for part in self.find.split(",") if part]
        return [number - (1 << 64) if number >> 63 else number for number in numbers]

    @property
    def finished(self) -> bool:
        """Whether these list finished requests, of which there are very many."""
        return self.status in {FINISHED, *FINAL} and not self.find and self.show != CALLS

    @property
    def last_day(self) -> date:
        """The day to which `until` reaches."""
        return date.fromisoformat(self.until)

    def condition(self, user_id: int, now: datetime) -> Q:
        """Return the condition of all choices but `find`, which the queue looks up."""
        plain = {name: getattr(self, name) for name in ("topic", "priority", "language")}
        found = Q(**{name: value for name, value in plain.items() if value})
        if self.show in SHOW:
            found &= SHOW[self.show](now)
        if self.flag:
            found &= Q(flags__contains=[self.flag])
        if self.who:
            whose = {MINE: user_id, NOBODY: None}
            found &= Q(assignee=whose.get(self.who, self.who))
        if self.finished:
            return found & self._statuses() & self.ended(now)
        if self.age:
            found &= Q(received_at__lte=now - timedelta(days=int(self.age)))
        return found & self._statuses() & self._doubtful()

    def ended(self, now: datetime) -> Q:
        """Return the condition on when a request was finished; its age counts from then."""
        found = Q()
        if self.age:
            found &= Q(status_changed_at__lte=now - timedelta(days=int(self.age)))
        if self.until:
            midnight = datetime.combine(self.last_day + timedelta(days=1), time.min)
            found &= Q(status_changed_at__lt=timezone.make_aware(midnight))
        return found

    def _doubtful(self) -> Q:
        """Return the condition that keeps what may be a machine's apart, until somebody takes it up."""
        if self.show == "doubtful":
            return DOUBTFUL
        return Q() if self.find or self.flag == SUSPECT else ~DOUBTFUL

    def _statuses(self) -> Q:
        if self.status == FINISHED:
            return Q(status__in=FINAL)
        if self.status:
            return Q(status=self.status)
        # Whoever is searched for, or must be called, is found in whatever state the request is.
        return Q() if self.find or self.show == CALLS else Q(status__in=OPEN)


def _day(typed: str) -> str:
    """Return a day as it was typed; "" when there is no such day."""
    try:
        return date.fromisoformat(typed).isoformat() if _DAY.fullmatch(typed) else ""
    except ValueError:
        return ""


def hashes_for_address(hashes: list[int]) -> str:
    """Return search hashes as they stand in an address."""
    return ",".join(f"{number & (1 << 64) - 1:016x}" for number in hashes)
