"""What the database holds a private link to."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from booking.models import Letter, Link
from booking.models.sealed import SealBroken
from booking.rules.statuses import Status
from booking.rules.tokens import TRIES_EVER
from tests.factories import make_link, make_request

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"expires_at": "2020-01-01T00:00Z"}, "link_expires_after_start"),
        ({"wrong_tries": TRIES_EVER}, "link_guessed_too_often_is_revoked"),
        ({"sealed_token": b"x" * 257}, "link_token_bounded"),
    ],
)
def test_impossible_links_are_refused(columns, constraint):
    link, _token = make_link(make_request())
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Link.objects.filter(pk=link.pk).update(**columns)


def test_a_sealed_token_opens_in_its_own_row_alone():
    first, token = Link.begin(request=make_request())
    second, _token = Link.begin(request=first.request)
    assert first.waiting_token == token
    second.sealed_token = first.sealed_token
    with pytest.raises(SealBroken):
        _ = second.waiting_token


def test_a_letter_opens_in_its_own_row_alone_and_names_its_author():
    letter = make_request(Status.WAITING_FOR_PATIENT).letters.get()
    other = Letter(request=letter.request, event=letter.event, sealed_text=letter.sealed_text)
    with pytest.raises(SealBroken):
        _ = other.text
    with pytest.raises(IntegrityError, match="letter_from_staff_has_author"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(author=None)


def test_alive_leaves_out_what_is_shut_or_over():
    request, now = make_request(), timezone.now()
    alive, _token = make_link(request)
    make_link(request, revoked_at=now)
    assert list(Link.objects.alive()) == [alive]
    assert alive.is_alive(now) and not alive.is_resting(now)
