"""print_states, print_data_classes and purge."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from django.conf import settings as real_settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from booking.models import Draft
from booking.rules.retention import DRAFT_KEPT
from booking.rules.statuses import Status
from booking.rules.transitions import TRANSITIONS, Verb

DOCUMENTS = {"print_states": "reference/states.md", "print_data_classes": "reference/data-classes.md"}


@pytest.mark.parametrize("command", DOCUMENTS)
def test_the_document_in_the_repository_is_fresh(command):
    call_command(command, check=True, stdout=io.StringIO())


@pytest.mark.parametrize(("command", "name"), DOCUMENTS.items())
def test_a_missing_or_changed_document_is_stale_until_it_is_written(settings, tmp_path, command, name):
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match=f"stale. Run: manage.py {command}"):
        call_command(command, check=True)
    call_command(command, stdout=io.StringIO())
    call_command(command, check=True)
    document = tmp_path / "docs" / name
    document.write_text(document.read_text() + "by hand")
    with pytest.raises(CommandError, match="stale"):
        call_command(command, check=True)


def test_a_change_of_the_table_makes_the_diagram_stale(monkeypatch):
    monkeypatch.delitem(TRANSITIONS, Verb.WITHDRAW)
    with pytest.raises(CommandError, match="stale"):
        call_command("print_states", check=True)


def _document(name: str) -> str:
    return (real_settings.BASE_DIR / "docs" / name).read_text()


def test_the_diagram_draws_every_move():
    arrows = set(re.findall(r"^\s*(\S+) --> (\w+): (\w+)$", _document("reference/states.md"), re.M))
    for row in TRANSITIONS.values():
        if row.target is None:
            continue
        for status in row.sources or {None}:
            source = status.name if status else "[*]"
            drawn = {(source, row.target.name, row.verb.value), ("Open", row.target.name, row.verb.value)}
            assert drawn & arrows, (source, row.verb)
    assert {name for arrow in arrows for name in arrow[:2]} == {"Open", "[*]", *Status.__members__}


@pytest.mark.django_db
def test_purge_says_what_went():
    draft, _token = Draft.begin("en")
    draft.created_at = timezone.now() - DRAFT_KEPT
    draft.expires_at = timezone.now() - dt.timedelta(seconds=1)
    draft.save()
    out = io.StringIO()
    call_command("purge", stdout=out)
    assert out.getvalue() == "Removed: 1 drafts, 0 daily counts.\n"
