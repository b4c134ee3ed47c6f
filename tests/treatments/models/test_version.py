from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.treatments.factories import make_clinic, make_page, make_section, make_source
from treatments.editorial import signoff
from treatments.models import Clinician, OpeningHours, Section, SignOff, version

pytestmark = pytest.mark.django_db


def changes(make) -> bool:
    before = version.read()
    make()
    return version.read() != before


def test_each_kind_of_row_that_a_page_shows_changes_the_version() -> None:
    make_clinic()
    page = make_page()
    assert version.read() == version.read()
    assert changes(page.save)
    assert changes(lambda: make_section(page))
    assert changes(make_source)
    assert changes(lambda: OpeningHours.objects.create(weekday=0, opens=dt.time(8), closes=dt.time(17)))
    assert changes(lambda: Clinician.objects.create(name="Dr. Test"))
    assert changes(lambda: page.sections.all().delete())


def test_a_signature_changes_the_version() -> None:
    signer = User.objects.create_user("signer")
    fields = {"subject": "page/x/en", "digest": signoff.digest("x"), "signer_name": "S", "credential": "MD"}
    assert changes(lambda: SignOff.objects.create(signed_by=signer, **fields))


def test_an_edit_by_a_machine_whose_clock_is_behind_changes_the_version() -> None:
    page = make_page()
    first, second = make_section(page, "first"), make_section(page, "second")
    ahead = timezone.now() + dt.timedelta(seconds=30)
    Section.objects.filter(pk=first.pk).update(updated_at=ahead)
    late = ahead - dt.timedelta(seconds=20)
    assert changes(lambda: Section.objects.filter(pk=second.pk).update(updated_at=late))
