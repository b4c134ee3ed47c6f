"""What the extraction finds, and what the judge says about a catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from clinic_site.local import messages


@pytest.mark.parametrize(
    ("name", "source", "said"),
    [
        ("a.py", "_('Hello')", ("Hello", "", None)),
        ("a.py", "ngettext('%(n)d day', '%(n)d days', n)", ("%(n)d day", "%(n)d days", None)),
        ("a.py", "pgettext('month', 'May')", ("May", "", "month")),
        ("a.html", "<p>\n    {% translate 'Hello' %}</p>", ("Hello", "", None)),
        ("a.html", "{% translate 'May' context 'month' %}", ("May", "", "month")),
        ("a.html", "{{ day|date:_('F j') }}", ("F j", "", None)),
        (
            "a.html",
            "{% blocktranslate trimmed %}\n  One\n  two\n{% endblocktranslate %}",
            ("One two", "", None),
        ),
        (
            "a.html",
            "{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
            ("%(n)s day", "%(n)s days", None),
        ),
    ],
)
def test_finds_what_code_and_templates_say(tmp_path: Path, name: str, source: str, said: tuple) -> None:
    path = tmp_path / name
    path.write_text(source, encoding="utf-8")
    assert list(messages.said_in(path)) == [said]


def test_what_is_not_literal_is_no_message(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("_(words)", encoding="utf-8")
    assert list(messages.said_in(path)) == []


def test_words_for_staff_are_left_out() -> None:
    assert not messages.is_read_by_patients("booking/admin/queue/queue.py")
    assert not messages.is_read_by_patients("templates/admin/index.html")
    assert messages.is_read_by_patients("templates/booking/intake/start.html")
    assert messages.is_read_by_patients("booking/rules/safety.py")


def catalogues(spanish: str) -> tuple[Catalog, Catalog]:
    wanted, given = messages.new_catalogue(), messages.new_catalogue()
    wanted.add("Call %(phone)s.", locations=[("page.html", None)])
    given.add("Call %(phone)s.", spanish)
    return wanted, given


def test_a_whole_catalogue_passes() -> None:
    assert list(messages.judge(*catalogues("Llame al %(phone)s."))) == []


@pytest.mark.parametrize("spanish", ["", "Llame al %(telefono)s.", "Llame al %(phone)d."])
def test_missing_or_broken_spanish_is_named(spanish: str) -> None:
    [problem] = messages.judge(*catalogues(spanish))
    assert "Call %(phone)s." in problem


def test_what_nobody_says_any_more_is_named() -> None:
    wanted, given = catalogues("Llame al %(phone)s.")
    given.add("Gone", "Ido")
    assert list(messages.judge(wanted, given)) == ["Nobody says this any more: 'Gone'"]
