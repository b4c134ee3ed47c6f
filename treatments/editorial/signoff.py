"""Sign-off: the words of a subject, their fingerprint, and whether a named person stands behind exactly them.

Subjects are registered by the part of the site that owns them, so this module needs to know none of them:
pages and clinic facts here, the safety rules and critical Spanish elsewhere. What a person reads before they
sign, what the fingerprint is made from, and what is kept with the signature are the same lines.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from treatments.models import SignOff


@dataclass(frozen=True)
class SignedLine:
    """One text as it is signed.

    `place` says where it stands and never changes; `sources` are references in full; `beside` is the English
    that a Spanish text stands for.
    """

    place: str
    text: str
    sources: tuple[str, ...] = ()
    beside: str = ""


@dataclass(frozen=True)
class Subject:
    """Something to be signed: a key that never changes, words for staff, its lines as of now, and the right.

    `right` is the code name of the permission (in treatments) that a signer must have.
    """

    key: str
    label: str
    lines: Callable[[], Sequence[SignedLine]]
    right: str

    def digest(self) -> str:
        """Return the fingerprint of the lines as they are now."""
        return digest_of(self.lines())


@dataclass(frozen=True)
class Change:
    """A line that reads otherwise than when it was signed; None where there was, or is, no such line."""

    place: str
    before: str | None
    after: str | None


Provider = Callable[[], Iterable[Subject]]
_providers: dict[str, Provider] = {}


def register(prefix: str, provider: Provider) -> None:
    """Add a function that lists the subjects whose keys begin with `prefix`; call it from ready()."""
    _providers[prefix] = provider


def subjects() -> list[Subject]:
    """Return everything that can be signed."""
    return [subject for provider in _providers.values() for subject in provider()]


def find(key: str) -> Subject | None:
    """Return the subject with this key, asking only those who may know it."""
    for prefix, provider in _providers.items():
        if key.startswith(prefix):
            found = next((subject for subject in provider() if subject.key == key), None)
            if found:
                return found
    return None


def digest(content: Any) -> str:
    """Return the SHA-256 of plain data (dicts, lists, texts, numbers, dates), as 64 hexadecimal digits."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def digest_of(lines: Iterable[SignedLine]) -> str:
    """Return the fingerprint of lines: any changed word, source or order changes it."""
    return digest(as_data(lines))


def as_data(lines: Iterable[SignedLine]) -> list[dict[str, Any]]:
    """Return lines as a signature keeps them."""
    return [{**asdict(line), "sources": list(line.sources)} for line in lines]


def newest(subject: str) -> SignOff | None:
    """Return the newest sign-off of a subject, whatever text it was given for."""
    return SignOff.objects.filter(subject=subject).first()


def newest_of_each() -> dict[str, SignOff]:
    """Return the newest sign-off of every subject that was ever signed, by its key."""
    rows = SignOff.objects.order_by("subject", "-signed_at", "-pk").distinct("subject")
    return {signed.subject: signed for signed in rows}


def is_signed(subject: str, digest: str) -> bool:
    """Whether the newest sign-off of the subject was given for exactly this digest."""
    signed = newest(subject)
    return bool(signed and signed.digest == digest)


def stands(key: str) -> bool:
    """Whether the subject is signed as it reads now. A subject that nobody registered is not."""
    subject = find(key)
    return bool(subject and is_signed(key, subject.digest()))


def covers(key: str, lines: Iterable[SignedLine]) -> bool:
    """Whether the newest sign-off of a subject was given for these lines, among others."""
    signed = newest(key)
    return signed is not None and all(line in signed.lines for line in as_data(lines))


def changes(signed: SignOff, lines: Iterable[SignedLine]) -> list[Change]:
    """Return what reads otherwise than when it was signed, in the order of the text as it is now."""
    now = {line["place"]: line for line in as_data(lines)}
    then = {line["place"]: line for line in signed.lines}
    places = [*now, *(place for place in then if place not in now)]
    return [
        Change(place, _words(then.get(place)), _words(now.get(place)))
        for place in places
        if then.get(place) != now.get(place)
    ]


def _words(line: dict[str, Any] | None) -> str | None:
    if line is None:
        return None
    beside = [f"({line['beside']})"] if line["beside"] else []
    return "\n".join([line["text"], *beside, *line["sources"]])
