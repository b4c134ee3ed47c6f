"""Saved views: named, one's own, and without anything that somebody searched for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qsl

import pytest
from django.test import Client
from django.utils import timezone

from booking import actions
from booking.models import ConsultationRequest, SavedFilter
from booking.rules.roles import Role
from tests.booking.admin.conftest import QUEUE
from tests.factories import everybody, make_answers, make_person, make_request, make_staff

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


@pytest.mark.parametrize(
    ("query", "fits"),
    [("topic=migraine", True), ("topic=tmj", False), ("priority=soon", True), ("priority=routine", False),
     ("status=new", True), ("status=finished", False), ("flag=call", True), ("flag=minor", False),
     ("language=es", True), ("language=en", False), ("age=2", True), ("age=30", False),
     ("who=me", False), ("who=nobody", False), ("who=COLLEAGUE", True), ("show=overdue", True),
     ("topic=migraine&language=es&age=7&who=COLLEAGUE", True)],
)  # fmt: skip
def test_every_filter_can_be_kept(query: str, fits: bool, nurse: Client) -> None:
    person = make_person(language="es", email="")
    made, by = make_request(answers=make_answers(safety=("HD-7",)), person=person), everybody()
    actions.assign(made, by.user, by=by)
    long_ago = timezone.now() - timedelta(days=9)
    ConsultationRequest.objects.filter(pk=made.pk).update(received_at=long_ago, reply_by=long_ago)
    assert by.user is not None
    query = query.replace("COLLEAGUE", str(by.user.pk))
    nurse.post(f"{SAVE}?{query}", {"name": "Kept"})
    (view,) = nurse.get(QUEUE).context["views"]
    shown = nurse.get(QUEUE + view.address)
    assert dict(parse_qsl(view.address[1:])) == dict(parse_qsl(query))
    assert (made.shown_reference in shown.text) == fits
    assert shown.context["views"][0].current


def test_a_colleague_can_be_chosen_and_stands_above_the_list_in_words(nurse: Client) -> None:
    colleague = make_staff(Role.NURSE, first_name="Demo", last_name="Okafor")
    assert f'<option value="{colleague.pk}">Demo Okafor</option>' in nurse.get(QUEUE).text
    page = nurse.get(QUEUE, {"who": str(colleague.pk), "topic": "tmj"})
    labels = {str(chip.label): chip.without for chip in page.context["chips"]}
    assert labels == {"Jaw pain (TMJ)": f"?who={colleague.pk}", "Demo Okafor": "?topic=tmj"}


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
