from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import OperationalError, connection

from treatments.editorial.launch_checklist import clinic_gaps
from treatments.models import Clinic, Clinician, OpeningHours, Page

pytestmark = pytest.mark.usefixtures("content")


def warnings() -> list:
    return [found for found in run_checks(include_deployment_checks=True) if found.id == "clinic.W001"]


def test_the_shipped_site_names_all_its_placeholders():
    gaps = " ".join(clinic_gaps())
    for part in (
        "(480) 555-0100 is a placeholder",
        "The address is not set",
        "The opening hours are not set",
        "costs and insurance",
        "No clinician is shown",
        "“Privacy on this website” is a template",
        "No clinician has reviewed the page “Does BOTOX help chronic migraine?”",
        "Nobody has signed off",
    ):
        assert part in gaps


def test_what_is_completed_is_named_no_more():
    before = set(clinic_gaps())
    Clinic.objects.update(phone="+16025559876", street="1 Test St", city="Mesa", zip_code="85201")
    OpeningHours.objects.create(weekday=0, opens="08:00", closes="17:00")
    Clinician.objects.create(name="Test Person", credentials="MD", licence_type="Test", published=True)
    Page.objects.filter(key="privacy").update(is_template=False)
    gone = " ".join(before - set(clinic_gaps()))
    for part in ("placeholder", "address", "hours are not set", "No clinician is shown"):
        assert part in gone
    assert "The opening hours are not confirmed." in clinic_gaps()


def test_a_template_with_blanks_left_is_not_complete_whatever_its_box_says():
    Page.objects.filter(key="privacy").update(is_template=False)
    assert "The page “Privacy on this website” is a template to complete." in clinic_gaps()


def test_an_empty_database_asks_for_the_content():
    Clinic.objects.all().delete()
    (gap,) = clinic_gaps()
    assert "load_content" in gap


def test_the_deployment_check_names_the_gaps(settings):
    settings.DEMO = False
    assert [found.msg for found in warnings()] == clinic_gaps()


def test_a_demonstration_is_not_nagged(settings):
    settings.DEMO = True
    assert warnings() == []


def test_the_check_is_silent_without_a_database(settings):
    settings.DEMO = False

    def fail(*args, **kwargs):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(fail):
        assert warnings() == []


def test_a_plain_check_does_not_ask(settings, capsys):
    settings.DEMO = False
    call_command("check")
    assert "clinic.W001" not in capsys.readouterr().err
