from __future__ import annotations

import datetime as dt

import pytest
from django.db import OperationalError, connection
from django.utils import translation

from tests.treatments.factories import make_clinic
from treatments.clinic import clinic, snapshot
from treatments.clinic.clinic import clinic_facts
from treatments.editorial import signed_facts
from treatments.models import Clinic, Closure, OpeningHours
from treatments.timed_cache import FRESH_SECONDS, TimedCache

pytestmark = pytest.mark.django_db


def no_database():
    """Make every query fail, as it does when PostgreSQL is gone."""

    def fail(*args, **kwargs):
        raise OperationalError("connection refused")

    return connection.execute_wrapper(fail)


def weekdays(*days: int, opens: str = "08:00", closes: str = "17:00") -> None:
    for day in days:
        OpeningHours.objects.create(weekday=day, opens=opens, closes=closes)


def test_facts_as_the_pages_show_them():
    make_clinic(street="1 Test Street", city="Phoenix", state="AZ", zip_code="85001")
    facts = clinic_facts()
    assert (facts.phone_display, facts.phone_href) == ("(480) 555-0100", "tel:+14805550100")
    assert facts.address_lines == ["1 Test Street", "Phoenix, AZ 85001"]
    assert facts.emergency_line == "Call 911."


def test_what_is_missing_is_said():
    make_clinic()
    facts = clinic_facts()
    assert facts.address_lines == ["Address to be set, Arizona"]
    assert facts.hours == ["Hours to be set"]
    assert facts.phone_is_placeholder


def test_an_address_without_its_city_is_not_half_shown():
    make_clinic(street="1 Test Street")
    assert clinic_facts().address_lines == ["Address to be set, Arizona"]


@pytest.mark.parametrize("number", ["+14805550200", "+16025559999"])
def test_other_numbers_are_no_placeholders(number):
    make_clinic(phone=number)
    assert not clinic_facts().phone_is_placeholder


def test_days_with_the_same_hours_stand_together():
    make_clinic(hours_confirmed=True)
    weekdays(0, 1, 2, 3)
    weekdays(4, closes="12:30")
    assert clinic_facts().hours == ["Monday to Thursday, 8 a.m. to 5 p.m.", "Friday, 8 a.m. to 12:30 p.m."]


def test_a_break_at_noon_and_a_gap_between_days():
    make_clinic(hours_confirmed=True)
    weekdays(0, 2, closes="12:00")
    weekdays(0, 2, opens="13:00")
    line = "8 a.m. to noon and 1 p.m. to 5 p.m."
    assert clinic_facts().hours == [f"Monday, {line}", f"Wednesday, {line}"]


def test_hours_that_are_not_confirmed_say_so():
    make_clinic()
    weekdays(0)
    assert clinic_facts().hours[-1] == "To be confirmed"


def test_texts_speak_the_language_of_the_page_or_english():
    make_clinic(emergency_line_es="Llame al 911.")
    facts = clinic_facts()
    with translation.override("es"):
        assert facts.emergency_line == "Llame al 911."
        assert facts.text("costs_note") == ""


def test_plain_data_for_the_reply_time():
    row = make_clinic(reply_business_days=3)
    weekdays(4)
    Closure.objects.create(
        clinic=row, starts_on=dt.date(2026, 12, 24), ends_on=dt.date(2026, 12, 26), reason_en="Holidays"
    )
    facts = clinic_facts()
    assert (facts.time_zone, facts.reply_business_days) == ("America/Phoenix", 3)
    assert [(h.weekday, h.opens, h.closes) for h in facts.opening_hours] == [(4, dt.time(8), dt.time(17))]
    assert [(c.starts_on, c.ends_on) for c in facts.closures] == [
        (dt.date(2026, 12, 24), dt.date(2026, 12, 26))
    ]


def test_facts_are_read_once_in_ten_seconds(django_assert_num_queries):
    make_clinic()
    clinic_facts()
    with django_assert_num_queries(0):
        clinic_facts()


def test_another_process_shows_a_change_after_ten_seconds(monkeypatch):
    make_clinic()
    clinic_facts()
    Clinic.objects.update(name="Renamed")
    assert clinic_facts().name == "Test Clinic"
    monkeypatch.setattr(TimedCache, "clock", lambda _cache: FRESH_SECONDS + 1)
    assert clinic_facts().name == "Renamed"


def test_before_the_content_is_loaded_there_are_no_facts():
    assert clinic_facts() is None


def test_without_database_and_snapshot_there_are_no_facts_and_no_error():
    with no_database():
        assert clinic_facts() is None


def test_the_snapshot_in_memory_outlives_the_database():
    make_clinic()
    fresh = clinic_facts()
    clinic.forget()
    with no_database():
        assert clinic_facts() == fresh


def test_a_new_process_reads_the_snapshot_file(settings, tmp_path):
    settings.CLINIC_SNAPSHOT_PATH = str(tmp_path / "clinic.json")
    row = make_clinic(emergency_line_es="Llame al 911.")
    weekdays(0, 1)
    Closure.objects.create(clinic=row, starts_on=dt.date(2026, 12, 25), ends_on=dt.date(2026, 12, 25))
    fresh = clinic_facts()
    clinic.forget()
    snapshot.forget()
    with no_database():
        assert clinic_facts() == fresh


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"name": "x"}', "\x00\xff"])
def test_a_broken_snapshot_file_is_no_snapshot(settings, tmp_path, broken):
    settings.CLINIC_SNAPSHOT_PATH = str(tmp_path / "clinic.json")
    (tmp_path / "clinic.json").write_text(broken, encoding="latin-1")
    with no_database():
        assert clinic_facts() is None


def test_a_folder_that_cannot_be_written_stops_nothing(settings, tmp_path):
    settings.CLINIC_SNAPSHOT_PATH = str(tmp_path / "missing" / "clinic.json")
    make_clinic()
    assert clinic_facts().name == "Test Clinic"


def test_no_half_written_snapshot_is_left_behind(settings, tmp_path):
    settings.CLINIC_SNAPSHOT_PATH = str(tmp_path / "clinic.json")
    make_clinic()
    clinic_facts()
    assert [path.name for path in tmp_path.iterdir()] == ["clinic.json"]


def test_the_sign_off_of_the_facts_outlives_a_holiday_but_not_a_new_number():
    row = make_clinic()
    signed = signed_facts.facts_digest()
    Closure.objects.create(clinic=row, starts_on=dt.date(2026, 12, 25), ends_on=dt.date(2026, 12, 25))
    assert signed_facts.facts_digest() == signed
    Clinic.objects.update(phone="+16025550142")
    assert signed_facts.facts_digest() != signed
