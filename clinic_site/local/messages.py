"""`make messages`: bring the Spanish catalogue up to the code. With --check: say what is missing in it.

Babel reads Python; Django's templatize turns a template into something that Babel reads too. Words that
only staff read are left out: the workspace is in English.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po

EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
CATALOGUE = Path("locale/es/LC_MESSAGES/django.po")
FOLDERS = ("booking", "clinic_site", "templates", "treatments")
# What only staff see. The labels of statuses and choices in rules are read by patients too.
FOR_STAFF = (
    "*/admin/*",
    "*/exports/*",
    "*/management/*",
    "*/models/*",
    "*/apps.py",
    "*/checks.py",
    "*/signing.py",
    "booking/form_gates.py",
    "booking/hours/clinicians.py",
    "booking/actions/feeds.py",
    "booking/actions/log_contact.py",
    "booking/actions/merge.py",
    "booking/actions/staff_accounts.py",
    "booking/actions/staff_details.py",
    "booking/delivery/clinician_calendar.py",
    "booking/delivery/staff_links.py",
    "booking/delivery/worker_health.py",
    "booking/rules/abuse.py",
    "booking/rules/call_back.py",
    "booking/rules/figures.py",
    "booking/rules/roles.py",
    "booking/rules/injection_precautions.py",
    "booking/rules/transitions.py",
    "booking/rules/triage.py",
    "clinic_site/accounts/*",
    "clinic_site/local/*",
    "clinic_site/settings.py",
    "clinic_site/staff_errors.py",
    "templates/account/*",
    "templates/mfa/*",
    "templates/registration/*",
    "templates/usersessions/*",
    "templates/booking/messages/*staff*.txt",
    "templates/treatments/editorial/mail/*",
    "treatments/editorial/differences.py",
    "treatments/editorial/reviews_due.py",
    "treatments/editorial/launch_checklist.py",
    "treatments/editorial/gates.py",
    "treatments/editorial/history.py",
    "treatments/text/content_checks.py",
    "treatments/editorial/publishing.py",
    "treatments/editorial/reminder.py",
    "treatments/text/tables.py",
)
FOR_PATIENTS_TOO = ("treatments/models/conditions.py",)
KEYWORDS = (
    "_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy",
    "npgettext", "npgettext_lazy",
)  # fmt: skip


def main() -> int:
    """Renew the catalogue, or only judge it. Return the exit code."""
    if "--check" not in sys.argv:
        renew()
        return 0
    problems = list(judge(template(), catalogue()))
    print("\n".join(problems))
    return 1 if problems else 0


def renew() -> None:
    """Add what is new to the catalogue, empty, and drop what nobody says any more."""
    messages = catalogue()
    messages.update(template(), no_fuzzy_matching=True)
    messages.obsolete.clear()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, messages, width=100, sort_output=True, omit_header=False, include_lineno=False)
    left = sum(1 for message in messages if message.id and not is_filled(message))
    print(f"{len(messages)} messages in {CATALOGUE}, {left} without Spanish.")


def catalogue() -> Catalog:
    """Return the Spanish catalogue as it is, or an empty one."""
    if not CATALOGUE.exists():
        return new_catalogue()
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="es")


def template() -> Catalog:
    """Return every message of the code that patients may read, without translations."""
    messages = new_catalogue()
    for folder in FOLDERS:
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix in (".py", ".html", ".txt", ".svg") and is_read_by_patients(path.as_posix()):
                for text, plural, context in said_in(path):
                    key = (text, plural) if plural else text
                    messages.add(key, locations=[(path.as_posix(), None)], context=context)  # type: ignore[list-item]
    return messages


def new_catalogue() -> Catalog:
    """Return a catalogue without a date in its head: it changes only when a message does."""
    return Catalog(
        locale="es",
        project="clinic-site",
        version="1",
        header_comment="# Spanish of the interface; docs/reference/spanish.md has its words and its tone.",
        last_translator="awaiting a qualified human translator",
        language_team="Spanish",
        creation_date=EPOCH,
        revision_date=EPOCH,
        fuzzy=False,
    )


def is_read_by_patients(path: str) -> bool:
    """Whether the words in a file reach the public."""
    if any(fnmatch(path, pattern) for pattern in FOR_PATIENTS_TOO):
        return True
    return not any(fnmatch(path, pattern) for pattern in FOR_STAFF)


def said_in(path: Path) -> Iterator[tuple[str, str, str | None]]:
    """Return (message, plural or "", context or None) of each call or tag in a file."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        # Its lines keep the template's indentation, which Python would take for its own.
        source = "\n".join(line.strip() for line in templatize(source, origin=str(path)).splitlines())
    found = extract_python(io.BytesIO(source.encode()), dict.fromkeys(KEYWORDS), [], {})
    for _line, function, said, _comments in found:
        function = str(function)
        words: list[Any] = list(said) if isinstance(said, tuple) else [said]
        context = words.pop(0) if "pgettext" in function else None
        plural = words[1] if function.startswith(("ngettext", "npgettext")) else ""
        if words[0]:
            yield words[0], plural, context


def is_filled(message: Message) -> bool:
    """Whether a message has its Spanish, in all its plural forms."""
    given = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return bool(given) and all(given) and not message.fuzzy


def judge(wanted: Catalog, given: Catalog) -> Iterator[str]:
    """Return a line for each message without Spanish, with a broken placeholder, or said by nobody."""
    for message in wanted:
        if not message.id:
            continue
        text = message.id if isinstance(message.id, str) else message.id[0]
        found = given.get(message.id, message.context)
        if found is None or not is_filled(found):
            yield f"No Spanish: {text!r} ({message.locations[0][0]})"
            continue
        for error in found.check(given):
            yield f"{error}: {text!r}"
    for message in given:
        if message.id and wanted.get(message.id, message.context) is None:
            yield f"Nobody says this any more: {message.id!r}"


if __name__ == "__main__":
    sys.exit(main())
