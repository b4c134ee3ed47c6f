"""Each figure above the queue is the length of the list behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from booking.models import ConsultationRequest, Message
from booking.models.message import Delivery
from booking.rules.abuse import SUSPECT
from booking.rules.patient_activity import PatientActivity
from booking.rules.priority import Priority
from booking.rules.roles import Role
from booking.rules.statuses import OPEN, Status
from tests.booking.admin.conftest import QUEUE
from tests.factories import begin_visit, make_request, make_staff

pytestmark = pytest.mark.django_db
# A Monday at ten in the morning in Phoenix.
NOW = dt.datetime(2026, 11, 30, 17, tzinfo=dt.UTC)
DUE = (dt.timedelta(hours=-1), dt.timedelta(hours=1), dt.timedelta(days=3))


@pytest.fixture
def nurse_with_all_sorts(client: Client) -> Iterator[Client]:
    """A nurse, and requests of every status: real or doubtful, taken or nobody's, with news, late, untold."""
    with time_machine.travel(NOW, tick=False):
        nurse = make_staff(Role.NURSE)
        all_sorts = [make_request(status) for status in Status for _each in range(2)]
        all_sorts += [make_request() for _each in range(16)]
        for number, request in enumerate(all_sorts):
            has_news = number & 4 and request.status in OPEN
            ConsultationRequest.objects.filter(pk=request.pk).update(
                flags=[SUSPECT] if number & 1 else [],
                assignee=nurse if number & 2 else None,
                news=PatientActivity.REPLY if has_news else "",
                received_at=NOW - dt.timedelta(days=5),
                reply_by=NOW + DUE[number % 3],
                priority=Priority.SAME_DAY if number % 5 == 0 else Priority.ROUTINE,
            )
            if number & 8:
                Message.objects.filter(request=request).update(state=Delivery.FAILED)
        begin_visit(ConsultationRequest.objects.filter(status=Status.SCHEDULED)[0])
        client.force_login(nurse)
        yield client


def rows(client: Client, address: str) -> int:
    return client.get(address).text.count("data-row")


def test_each_tile_counts_its_list(nurse_with_all_sorts: Client) -> None:
    tiles = [tile for tile, _current in nurse_with_all_sorts.get(QUEUE).context["tiles"] if not tile.page]
    counted = {tile.label: int(tile.count) for tile in tiles}
    assert counted == {tile.label: rows(nurse_with_all_sorts, tile.url) for tile in tiles}
    assert {label for label, number in counted.items() if not number} <= {"Offers running out"}


def test_each_tab_counts_its_list(nurse_with_all_sorts: Client) -> None:
    tabs = nurse_with_all_sorts.get(QUEUE).context["tabs"]
    queue = reverse("admin:booking_consultationrequest_changelist")
    counted = {label: int(number) for label, number, _address, _current in tabs}
    listed = {label: rows(nurse_with_all_sorts, queue + address) for label, _n, address, _current in tabs}
    assert len(counted) == 3 and counted == listed
