"""What the audit page is narrowed by. Nothing about a patient but the reference, which opens nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Q, TextChoices
from django.http import QueryDict
from django.utils.translation import gettext as _

from booking.admin.reports.audit_log import ACCOUNT, DID, LOOKED, NOT_TAKEN_ALONG, Wanted
from booking.models import ConsultationRequest
from booking.models.access import Look
from booking.models.account import AccountAct
from booking.rules.figures import EARLIEST, Span
from booking.rules.reference import parse
from booking.rules.roles import Role
from booking.rules.transitions import Verb

SHOWN_DAYS: Final = timedelta(days=30)
ANY_TIME: Final = timedelta(days=366 * 200)
# Which column of a table says what was done or seen, and its codes.
KINDS: Final[dict[str, tuple[str, type[TextChoices]]]] = {
    DID: ("verb", Verb),
    LOOKED: ("look", Look),
    ACCOUNT: ("act", AccountAct),
}
_KNOWN: Final = frozenset(code for _field, choices in KINDS.values() for code in choices.values)
REFUSALS: Final = {LOOKED: Q(look=Look.DENIED), ACCOUNT: Q(act=AccountAct.REFUSED)}
_ACCOUNT: Final = re.compile(r"[1-9][0-9]{0,8}")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NOT_STAFF: Final = (Role.PATIENT.value, Role.SYSTEM.value)


@dataclass(frozen=True)
class AuditFilters:
    """The choices, as typed; `wanted` turns them into conditions. Without a request: the last thirty days."""

    who: str = ""
    what: str = ""
    request: str = ""
    first: str = ""
    last: str = ""
    refused: str = ""

    @classmethod
    def read(cls, query: QueryDict, today: date) -> Self:
        """Read the choices from an address or a form."""
        typed = {name: query.get(name, "").strip()[:40] for name in cls.__dataclass_fields__}
        if not typed["request"]:
            typed["first"] = typed["first"] or (today - SHOWN_DAYS).isoformat()
        if typed["first"] or typed["last"]:
            typed["first"] = typed["first"] or EARLIEST.isoformat()
            typed["last"] = typed["last"] or today.isoformat()
        return cls(**typed)

    @property
    def address(self) -> str:
        """The choices as the query of an address, to go on from: codes alone, whatever was typed."""
        return urlencode(self.codes)

    @property
    def codes(self) -> dict[str, str]:
        """What the record keeps of a look with these choices: a name typed into a wrong box is none of it."""
        understood = {
            "who": self.who if self.who in NOT_STAFF or _ACCOUNT.fullmatch(self.who) else "",
            "what": self.what
            if any(self.what in choices.values for _field, choices in KINDS.values())
            else "",
            "request": parse(self.request) or "",
            "first": self.first if _DAY.fullmatch(self.first) else "",
            "last": self.last if _DAY.fullmatch(self.last) else "",
            "refused": "1" if self.refused else "",
        }
        return {name: value for name, value in understood.items() if value}

    def wanted(self, today: date, zone: str, people: Mapping[int, User]) -> Wanted:
        """Return the conditions. Raises ValueError with a sentence for what makes no sense."""
        common = self._when(today, zone) & self._request()
        kinds = self._kinds()
        if self.who in NOT_STAFF:
            kinds, common = kinds & {DID}, common & Q(user=None, actor=self.who)
        else:
            common &= self._colleague(people)
        return Wanted({table: common & self._kind(table) for table in sorted(kinds)}, people)

    def check_request(self) -> None:
        """Raise ValueError with a sentence when no request has the reference: every request has an entry."""
        if self.request and not ConsultationRequest.objects.filter(reference=parse(self.request)).exists():
            raise ValueError(_("No request has this reference. Check its ten characters."))

    def _kinds(self) -> set[str]:
        """Return the tables that can hold what is wanted."""
        kinds = {table for table, (_field, choices) in KINDS.items() if self.what in ("", *choices.values)}
        if not kinds:
            raise ValueError(_("That kind of entry is not known. Choose one from the list."))
        if self.request:
            kinds -= {ACCOUNT}
        return kinds & {LOOKED, ACCOUNT} if self.refused else kinds

    def _kind(self, table: str) -> Q:
        wanted = Q(**{KINDS[table][0]: self.what}) if self.what else Q()
        if self.refused and table in REFUSALS:
            return wanted & REFUSALS[table]
        if table != LOOKED:
            return wanted
        return wanted if self.request or self.what else NOT_TAKEN_ALONG

    def _when(self, today: date, zone: str) -> Q:
        if not (self.first or self.last):
            return Q()
        start, end = Span.between(self.first, self.last, today, longest=ANY_TIME).moments(zone)
        return Q(at__gte=start, at__lt=end)

    def _request(self) -> Q:
        if not self.request:
            return Q()
        return Q(request__reference=parse(self.request) or "")

    def _colleague(self, people: Mapping[int, User]) -> Q:
        if not self.who:
            return Q()
        if not (self.who.isdecimal() and int(self.who) in people):
            raise ValueError(_("That person is not known. Choose one from the list."))
        return Q(user=self.who)
