"""What stands still or is shut is said on every page of the workspace, to staff alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking.admin.base.banners import worker_problems
from booking.rules import safety
from booking.rules.roles import Role
from tests.booking.delivery.test_worker_health import beat
from tests.treatments.editorial.test_gates import FORM, SELF_CHECK, sign
from tests.treatments.factories import make_clinic

pytestmark = pytest.mark.django_db
PAGES = ("/admin/booking/consultationrequest/", "/admin/booking/visit/", "/admin/help/")


@pytest.fixture(autouse=True)
def _asked(_no_worker_is_missed: None) -> None:
    worker_problems.forget()


@pytest.fixture
def real(settings) -> None:
    """A clinic that is no demonstration, everything signed, its worker at work."""
    settings.DEMO, settings.SECOND_FACTOR_REQUIRED = False, False
    make_clinic()
    sign(*FORM, *SELF_CHECK)
    beat("1 second")


@pytest.mark.parametrize("address", PAGES)
def test_all_is_well_and_nothing_is_said(real, as_role: Callable[..., Client], address: str) -> None:
    answer = as_role(Role.CLINICIAN).get(address)
    assert answer.status_code == 200 and 'class="banner"' not in answer.text


@pytest.mark.parametrize("address", PAGES)
def test_a_form_that_is_shut_is_said_on_every_page(
    real, monkeypatch, as_role: Callable[..., Client], address: str
) -> None:
    monkeypatch.setattr(safety, "VERSION", "2099.1")
    text = as_role(Role.CLINICIAN).get(address).text
    assert text.count('class="banner"') == 1
    assert "The request form is shut." in text and "this is version 2099.1." in text
    assert 'href="/admin/treatments/signoff/add/"' in text


def test_who_cannot_sign_is_told_without_a_way_that_ends_at_a_refusal(
    real, monkeypatch, as_role: Callable[..., Client]
) -> None:
    monkeypatch.setattr(safety, "VERSION", "2099.1")
    text = as_role(Role.NURSE).get(PAGES[0]).text
    assert "The request form is shut." in text and "signoff/add" not in text


@pytest.mark.parametrize("address", PAGES)
def test_a_worker_that_is_gone_is_said_on_every_page(as_role: Callable[..., Client], address: str) -> None:
    assert "No worker is running" in as_role(Role.RECEPTION).get(address).text


def test_nothing_is_said_to_who_is_not_signed_in(client: Client) -> None:
    text = client.get("/admin/", follow=True).text
    assert "No worker is running" not in text and "banner" not in text


def test_a_page_asks_for_the_worker_once_and_the_next_asks_nothing(
    real, as_role: Callable[..., Client]
) -> None:
    nurse, counts = as_role(Role.NURSE), []
    nurse.get(PAGES[2])
    worker_problems.forget()
    for _again in range(2):
        with CaptureQueriesContext(connection) as queries:
            nurse.get(PAGES[2])
        counts.append(len(queries))
    assert counts[0] - counts[1] == 1


def test_many_reasons_are_one_line(settings, as_role: Callable[..., Client]) -> None:
    settings.DEMO, settings.SECOND_FACTOR_REQUIRED = False, False
    make_clinic()
    beat("1 second")
    text = as_role(Role.CLINICIAN).get(PAGES[0]).text
    assert text.count('class="banner"') == 1
    assert "Shut until they are signed: the request form, the request form in Spanish, the self-check" in text
