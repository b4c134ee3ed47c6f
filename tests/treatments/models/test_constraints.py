"""What the database itself refuses, whoever writes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from tests.treatments.factories import (
    make_clinic,
    make_condition,
    make_indication,
    make_page,
    make_section,
    make_source,
)
from treatments.models import FAQ, Clinic, Clinician, Closure, Finding, Harm, OpeningHours

pytestmark = pytest.mark.django_db


def refused(write, *args, **fields) -> None:
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        write(*args, **fields)


def test_there_is_one_clinic():
    make_clinic()
    refused(make_clinic, id=2)


@pytest.mark.parametrize("phone", ["480 555 0100", "4805550100", "+0805550100", "", "+1480555010x"])
def test_a_phone_number_is_e164(phone):
    refused(make_clinic, phone=phone)


@pytest.mark.parametrize("days", [0, 11])
def test_the_reply_time_is_one_to_ten_days(days):
    refused(make_clinic, reply_business_days=days)


def test_hours_close_after_they_open():
    make_clinic()
    refused(OpeningHours.objects.create, weekday=0, opens="17:00", closes="08:00")


def test_a_week_has_seven_days():
    make_clinic()
    refused(OpeningHours.objects.create, weekday=7, opens="08:00", closes="17:00")


def test_hours_that_overlap_are_refused_to_the_editor():
    clinic = make_clinic()
    OpeningHours.objects.create(weekday=0, opens="08:00", closes="12:00")
    overlapping = OpeningHours(clinic=clinic, weekday=0, opens=dt.time(11), closes=dt.time(15))
    with pytest.raises(ValidationError, match="overlap"):
        overlapping.full_clean()
    OpeningHours(clinic=clinic, weekday=0, opens=dt.time(12), closes=dt.time(15)).full_clean()


def test_a_closure_ends_after_it_starts():
    make_clinic()
    refused(Closure.objects.create, starts_on=dt.date(2026, 12, 26), ends_on=dt.date(2026, 12, 24))


def test_a_placeholder_person_is_never_shown():
    person = {"name": "Demo", "credentials": "MD", "licence_type": "Test", "published": True}
    refused(Clinician.objects.create, **person, is_demo=True)


@pytest.mark.parametrize("missing", ["credentials", "licence_type"])
def test_a_person_is_shown_with_title_and_licence(missing):
    person = {"name": "Test", "credentials": "MD", "licence_type": "Test", "published": True, missing: ""}
    refused(Clinician.objects.create, **person)


def test_a_source_can_be_found():
    refused(make_source, doi="", pmid="", url="")


@pytest.mark.parametrize("fields", [{"year": 1066}, {"year": 2101}, {"title": ""}, {"publisher": ""}])
def test_a_source_has_title_publisher_and_a_likely_year(fields):
    refused(make_source, **fields)


def test_a_source_is_listed_once():
    make_source("one", doi="10.1000/same")
    refused(make_source, "two", doi="10.1000/same")


@pytest.mark.parametrize(
    "fields", [{"status": "promising"}, {"grade": 6}, {"name_en": ""}, {"name_en": None}]
)
def test_a_use_has_a_known_status_and_grade(fields):
    condition = make_condition()
    refused(make_indication, condition, **fields)


@pytest.mark.parametrize(
    "fields", [{"with_placebo": -1}, {"with_botox": -1}, {"participants": 0}, {"with_placebo": None}]
)
def test_a_finding_has_its_placebo(fields):
    row = {"with_botox": 9, "with_placebo": 6.7, "participants": 705, "measure_en": "Days", "unit_en": "days"}
    use, source = make_indication(make_condition()), make_source()
    refused(Finding.objects.create, indication=use, source=source, key="x", **{**row, **fields})


@pytest.mark.parametrize("fields", [{"percent": 0}, {"percent": 100.1}, {"one_in": 0}, {"one_in": 1001}])
def test_a_harm_is_a_share_of_people(fields):
    row = {"percent": 12.6, "one_in": 8, "name_en": "Neck pain"} | fields
    use, source = make_indication(make_condition()), make_source()
    refused(Harm.objects.create, indication=use, source=source, key="x", **row)


@pytest.mark.parametrize(
    ("percent", "one_in", "fits"),
    [("12.6", 8, True), ("4.6", 22, True), ("4.6", 20, True), ("12.6", 80, False), ("8.0", 20, False)],
)
def test_one_in_so_many_is_the_same_figure(percent, one_in, fits):
    harm = Harm(percent=percent, one_in=one_in)
    harm.percent = Harm._meta.get_field("percent").to_python(percent)
    if fits:
        harm.clean()
    else:
        with pytest.raises(ValidationError, match="is about 1 in"):
            harm.clean()


def test_a_source_behind_a_number_is_not_deleted():
    source = make_source()
    use = make_indication(make_condition())
    Harm.objects.create(indication=use, source=source, key="x", percent=5, one_in=20, name_en="Pain")
    refused(source.delete)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "condition"},
        {"kind": "poster"},
        {"status": "secret"},
        {"title_en": ""},
        {"lead_en": "x" * 601},
        {"lead_es": "x" * 601},
        {"review_every_months": 37},
    ],
)
def test_a_page_is_bounded(fields):
    refused(make_page, **fields)


def test_only_a_condition_page_has_a_condition():
    refused(make_page, kind="treatment", condition=make_condition())


@pytest.mark.parametrize("field", ["body_en", "body_es"])
def test_a_section_holds_twenty_thousand_characters(field):
    page = make_page()
    make_section(page, "fits", **{field: "x" * 20_000})
    refused(make_section, page, "too-long", **{field: "x" * 20_001})


def test_an_anchor_stands_once_on_a_page():
    page = make_page()
    make_section(page, "part")
    refused(make_section, page, "part")


def test_an_answer_is_bounded():
    refused(FAQ.objects.create, anchor="x", question_en="Q?", answer_en="x" * 4_001)


def test_spanish_may_follow_later():
    page = make_page()
    assert page.title_es is None
    assert Clinic(name="x").emergency_line_es is None
