"""Sheets: no cell is a formula, every row is there, a document that does not open stops no other."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import tracemalloc
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.exports.cells import RISKY, Cell, safe
from booking.exports.columns import BROKEN, ExportPart, columns, sheet
from booking.exports.sheets import csv_lines, workbook
from booking.models import ConsultationRequest
from booking.rules.statuses import Status
from tests.factories import make_answers, make_person, make_request

SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ZONE = "America/Phoenix"
EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1", "\0=1", '=HYPERLINK("x")']


@pytest.mark.parametrize("text", EVIL)
def test_a_cell_that_begins_like_a_formula_stands_behind_an_apostrophe(text: str) -> None:
    assert str(safe(text)).startswith("'") and "\0" not in str(safe(text))


@given(st.text())
def test_no_text_begins_like_a_formula(text: str) -> None:
    assert not str(safe(text)).startswith(RISKY)


@pytest.mark.parametrize("cell", [None, 7, -3, 2.5, "Test Patient 01", "(480) 555-0100", ""])
def test_other_cells_stay_as_they_are(cell: Cell) -> None:
    assert safe(cell) == cell


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r")), min_size=1))
def test_what_is_written_can_be_read_back(texts: list[str]) -> None:
    text = "".join(csv_lines([texts]))
    [row] = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert row == [safe(one) for one in texts]


def test_csv_comes_line_by_line() -> None:
    asked: list[int] = []

    def rows() -> Iterator[list[Cell]]:
        for number in range(1_000):
            asked.append(number)
            yield [number]

    lines = csv_lines(rows())
    assert (next(lines), next(lines), next(lines)) == ("\ufeff", "0\r\n", "1\r\n")
    assert asked == [0, 1]


def test_a_workbook_holds_texts_and_numbers_and_no_formula() -> None:
    rows = read_xlsx(
        workbook([["Name", "Pain"], *([text, 7] for text in EVIL), ["https://x.example", None]], title="R")
    )
    assert rows[0] == ["Name", "Pain"]
    assert [row[1] for row in rows[1:-1]] == ["7"] * len(EVIL)
    assert all(row[0].lstrip(" ").startswith("'") for row in rows[1:-1])


def test_a_moment_is_a_date_in_a_workbook_and_sorts_as_text_elsewhere() -> None:
    moment = dt.datetime(2026, 11, 30, 10, 15)  # noqa: DTZ001 (sheets know no zone)
    [[text], [day]] = read_xlsx(workbook([["Received"], [moment]], title="R"))
    # Days since 1899-12-30, as spreadsheet programs count.
    assert (text, round(float(day), 4)) == ("Received", 46356.4271)
    assert list(csv_lines([[moment]]))[1] == "2026-11-30 10:15\r\n"


def test_memory_does_not_grow_with_the_rows() -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        workbook(([f"Test Patient {n}"] * 20 for n in range(count)), title="R").close()
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(3_000) < 3 * peak(300)


@pytest.mark.django_db
def test_a_sheet_holds_people_and_answers_only_when_asked_for() -> None:
    made = make_request(
        person=make_person(full_name="=Test Patient"),
        answers=make_answers(in_own_words="canary", safety=("HD-7",)),
    )
    for parts, people, answers in (([], False, False), (["person"], True, False), (["answers"], False, True)):
        text = "".join(csv_lines(sheet([made.pk], parts, ZONE)))
        assert ("Test Patient" in text, "canary" in text) == (people, answers)
        assert ("Migraine" in text) == ("HD-7" in text) == answers
        assert made.shown_reference in text


@pytest.mark.django_db
def test_a_row_reads_as_the_request_stands() -> None:
    made = make_request(Status.SCHEDULED, person=make_person(phone="+14805550142;ext=12"))
    head, row = csv.reader(
        "".join(csv_lines(sheet([made.pk], ExportPart.values, ZONE))).removeprefix("\ufeff").splitlines()
    )
    found = dict(zip(head, row, strict=True))
    assert (found["Status"], found["PEG"], found["Phone"]) == (
        "Visit agreed",
        "7.0",
        "(480) 555-0142 ext. 12",
    )
    assert re.fullmatch(r"\d{4}-\d\d-\d\d 10:00", found["Visit"])
    assert found["Clinician"].startswith("Demo Clinician")
    assert found["Name"] == made.person.full_name and found["Email"] == made.person.email


@pytest.mark.django_db
def test_a_document_that_does_not_open_says_so_in_its_cells() -> None:
    broken, whole = make_request(), make_request()
    ConsultationRequest.objects.filter(pk=broken.pk).update(sealed_person=b"1|k|nonsense")
    text = "".join(csv_lines(sheet([broken.pk, whole.pk], ExportPart.values, ZONE)))
    assert BROKEN in text and whole.person.full_name in text


def test_columns_have_names_of_their_own() -> None:
    titles = [column.title for column in columns(ExportPart.values)]
    assert len(set(titles)) == len(titles)


def read_xlsx(file: io.IOBase) -> list[list[str]]:
    """Return the cells of the first sheet; fail on any formula or link."""
    with zipfile.ZipFile(file) as book:
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 (written by us)
    assert not list(root.iter(f"{SPREADSHEET}f")) and not list(root.iter(f"{SPREADSHEET}hyperlink"))
    return [
        ["".join(cell.itertext()) for cell in row.iter(f"{SPREADSHEET}c")]
        for row in root.iter(f"{SPREADSHEET}row")
    ]


@pytest.mark.django_db
def test_what_was_said_of_a_same_day_sign_is_a_column() -> None:
    made = make_request(answers=make_answers(safety=("HD-3",), same_day_care="checked"))
    lines = "".join(csv_lines(sheet([made.pk], ExportPart.values, ZONE))).removeprefix("\ufeff").splitlines()
    head, row = csv.reader(lines)
    assert dict(zip(head, row, strict=True))["Same-day sign checked"] == "checked"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("number", "dialed"), [("+16215550142", "(621) 555-0142"), ("+525555550107", "011 52 55 5555 0107")]
)
def test_a_phone_number_stands_as_it_is_dialed_here(number: str, dialed: str) -> None:
    made = make_request(person=make_person(phone=number))
    lines = "".join(csv_lines(sheet([made.pk], ExportPart.values, ZONE))).removeprefix("\ufeff").splitlines()
    head, row = csv.reader(lines)
    assert dict(zip(head, row, strict=True))["Phone"] == dialed
