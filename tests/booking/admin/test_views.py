"""Saved views: named, one's own, and without anything that somebody searched for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from booking.models import SavedFilter
from booking.rules.roles import Role
from tests.booking.admin.conftest import QUEUE
from tests.factories import make_request

pytestmark = pytest.mark.django_db
SAVE = f"{QUEUE}views/"


def test_a_view_leads_back_to_its_filters(nurse: Client) -> None:
    made = make_request()
    answer = nurse.post(f"{SAVE}?topic=migraine&status=new", {"name": " New  migraine "}, follow=True)
    assert "View “New migraine” saved." in answer.text
    kept = SavedFilter.objects.get()
    assert kept.query == "?topic=migraine&status=new"
    assert "New migraine" in nurse.get(QUEUE).text
    assert made.shown_reference in nurse.get(QUEUE + kept.query).text


def test_the_same_name_is_kept_once(nurse: Client) -> None:
    for topic in ("migraine", "tmj"):
        nurse.post(f"{SAVE}?topic={topic}", {"name": "Mine"})
    assert SavedFilter.objects.get().query == "?topic=tmj"


def test_views_are_ones_own(nurse: Client, as_role: Callable[..., Client]) -> None:
    nurse.post(f"{SAVE}?topic=tmj", {"name": "Jaws only"})
    other, kept = as_role(Role.NURSE), SavedFilter.objects.get()
    assert "Jaws only" not in other.get(QUEUE).text
    other.post(f"{SAVE}{kept.pk}/drop/")
    assert SavedFilter.objects.exists()
    nurse.post(f"{SAVE}{kept.pk}/drop/")
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("address", [f"{SAVE}?topic=tmj", SAVE, f"{SAVE}?topic=nonsense"])
def test_without_a_name_or_a_filter_nothing_is_kept(address: str, nurse: Client) -> None:
    name = "" if "tmj" in address else "Name"
    assert "type a name" in nurse.post(address, {"name": name}, follow=True).text
    assert not SavedFilter.objects.exists()


def test_a_search_is_never_part_of_a_view(nurse: Client) -> None:
    nurse.post(f"{SAVE}?topic=tmj&find={'a' * 16}", {"name": "x"})
    assert SavedFilter.objects.get().query == "?topic=tmj"


def test_nobody_keeps_more_than_a_dozen(nurse: Client) -> None:
    for number in range(13):
        nurse.post(f"{SAVE}?topic=tmj", {"name": f"View {number}"})
    assert SavedFilter.objects.count() == 12
