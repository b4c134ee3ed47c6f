"""The promise comes from the facts that the clinic set."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from booking.hours.clinic import calendar, promised_reply
from tests.factories import make_request
from treatments.clinic.clinic import forget
from treatments.models import Clinic, OpeningHours
from treatments.models.clinic import Closure

pytestmark = pytest.mark.django_db
PHOENIX = ZoneInfo("America/Phoenix")
MONDAY = dt.datetime(2026, 3, 2, 10, tzinfo=PHOENIX)


@pytest.fixture(autouse=True)
def _fresh_facts():
    forget()
    yield
    forget()


@pytest.fixture
def clinic():
    return Clinic.objects.create(name="Demo Clinic", phone="+14805550100", emergency_line="Call 911.")


def test_before_the_clinic_said_anything_office_hours_hold():
    assert promised_reply(MONDAY) == dt.datetime(2026, 3, 4, 17, tzinfo=PHOENIX)
    assert calendar().is_open(MONDAY)


def test_its_own_hours_days_and_closures_hold(clinic):
    clinic.reply_business_days = 1
    clinic.save()
    for weekday in (1, 3):
        OpeningHours.objects.create(weekday=weekday, opens=dt.time(9), closes=dt.time(12))
        OpeningHours.objects.create(weekday=weekday, opens=dt.time(13), closes=dt.time(15, 30))
    forget()
    assert promised_reply(MONDAY) == dt.datetime(2026, 3, 3, 15, 30, tzinfo=PHOENIX)
    assert not calendar().is_open(dt.datetime(2026, 3, 3, 12, 30, tzinfo=PHOENIX))
    Closure.objects.create(starts_on="2026-03-03", ends_on="2026-03-03")
    forget()
    assert promised_reply(MONDAY) == dt.datetime(2026, 3, 5, 15, 30, tzinfo=PHOENIX)


def test_its_own_zone_holds(clinic):
    clinic.time_zone = "America/New_York"
    clinic.save()
    forget()
    assert promised_reply(MONDAY) == dt.datetime(2026, 3, 4, 17, tzinfo=ZoneInfo("America/New_York"))


def test_a_request_carries_its_promise():
    request = make_request()
    assert request.reply_by == promised_reply(request.received_at)
    assert request.reply_by > timezone.now()
