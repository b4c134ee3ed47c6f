"""What stays shut until somebody signs: the one list that checks, releases, staff pages and mail read.

Parts of the site are registered by whoever owns them, as subjects are. In a demonstration nothing
is missing: it is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from treatments.clinic.clinic import clinic_facts
from treatments.editorial import signoff
from treatments.editorial.signoff import SignedLine, Subject
from treatments.models import SignOff
from treatments.models.version import Stamps, content_version

WHERE_TO_SIGN = "Sign in the admin, under Sign-offs; manage.py signoff_sheet prints the texts."
# The line of a rule set that names its version.
VERSION = "version"


@dataclass(frozen=True)
class Gate:
    """A part of the site, and the keys of the subjects that open it, each signed as it reads now.

    `is_form` is True for what a patient fills in; the rest are pages.
    """

    label: str | Promise
    needs: tuple[str, ...]
    is_form: bool = True

    def is_open(self) -> bool:
        """Whether patients may use it. A subject that nobody registered is not signed."""
        return settings.DEMO or all(signoff.stands(key) for key in self.needs)


@dataclass(frozen=True)
class MissingSignature:
    """A subject that keeps a part of the site shut; `last` is its newest sign-off, given for other words."""

    gate: Gate
    subject: Subject
    last: SignOff | None
    why: str

    @property
    def name(self) -> str:
        """The same while the same thing is missing; another one when it was signed and is missing again."""
        return f"{self.subject.key} {self.last.pk if self.last else 0}"

    @property
    def is_news(self) -> bool:
        """Whether somebody counts on it: a form, or a page that was open before. A new page is a draft."""
        return self.gate.is_form or self.last is not None

    def __str__(self) -> str:
        words = {"part": capfirst(str(self.gate.label)), "subject": self.subject.label, "why": self.why}
        return _("%(part)s is shut. To be signed: %(subject)s. %(why)s") % words


Provider = Callable[[], Iterable[Gate]]
_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider, *, first: bool = False) -> None:
    """Add a function that lists parts of the site, or put it before all others; call it from ready()."""
    others = {other: listed for other, listed in _providers.items() if other != name}
    _providers.clear()
    _providers.update({name: provider, **others} if first else {**others, name: provider})


def gates() -> list[Gate]:
    """Return every part of the site that signatures open: what patients ask with first, pages last."""
    return [gate for provider in _providers.values() for gate in provider()]


def in_order(subjects: Iterable[Subject]) -> list[tuple[Subject, Gate | None]]:
    """Return subjects with what each opens: those that open a form first, then pages, then the rest."""
    opens: dict[str, Gate] = {}
    for gate in gates():
        for key in gate.needs:
            opens.setdefault(key, gate)
    rank = {key: number for number, key in enumerate(opens)}
    ordered = sorted(subjects, key=lambda subject: rank.get(subject.key, len(rank)))
    return [(subject, opens.get(subject.key)) for subject in ordered]


def missing_signatures() -> list[MissingSignature]:
    """Return what keeps a part of the site shut, forms first; each subject once. Nothing in a demonstration.

    Raises django.db.Error when the database does not answer.
    """
    if settings.DEMO:
        return []
    return list(_missing(signoff.newest_of_each()))


def sentences(missing: Iterable[MissingSignature]) -> list[str]:
    """Return what is missing for a terminal: a sentence each, and one for all pages that never were open."""
    missing = list(missing)
    told = [str(one) for one in missing if one.is_news]
    if new := len(missing) - len(told):
        words = ngettext(
            "%(n)d page, or its Spanish, waits for its first signature.",
            "%(n)d pages, or their Spanish, wait for their first signature.",
            new,
        )
        told.append(words % {"n": new})
    return told


def missing_now() -> tuple[MissingSignature, ...]:
    """Return the same for every staff page, remembered until content or signatures change."""
    return () if settings.DEMO else _missing_at(content_version.get())


def forget() -> None:
    """Compare the words with the signatures again at the next call: between tests."""
    _missing_at.cache_clear()


@lru_cache(maxsize=1)
def _missing_at(version: Stamps) -> tuple[MissingSignature, ...]:
    return tuple(missing_signatures())


def _missing(newest: dict[str, SignOff]) -> Iterator[MissingSignature]:
    for subject, gate in in_order(signoff.subjects()):
        if gate is None:
            continue
        last, lines = newest.get(subject.key), subject.lines()
        if last is None or last.digest != signoff.digest_of(lines):
            yield MissingSignature(gate, subject, last, _why(last, lines))


def _why(last: SignOff | None, lines: Iterable[SignedLine]) -> str:
    if last is None:
        return _("Nobody has signed it yet.")
    facts = clinic_facts()
    words = {
        "name": last.signer_name,
        "day": date_format(last.signed_at.astimezone(ZoneInfo(facts.time_zone if facts else "UTC"))),
        "then": next((line["text"] for line in last.lines if line["place"] == VERSION), ""),
        "now": next((line.text for line in lines if line.place == VERSION), ""),
    }
    if words["then"] and words["then"] != words["now"]:
        return _("%(name)s signed version %(then)s on %(day)s; this is version %(now)s.") % words
    return _("The words changed since %(name)s signed them on %(day)s.") % words
