"""Whatever patients typed: the queue opens, and the request page shows it as it is stored."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client

from booking.forms.text import tidy
from tests.booking.admin.conftest import QUEUE, page
from tests.booking.forms.bad_input import CODE, EMOJI, NAMES
from tests.factories import make_answers, make_person, make_request

pytestmark = pytest.mark.django_db
TYPED = sorted({tidy(text) for text in [*NAMES, *EMOJI, *CODE, "Z" * 200, "Z" + "\u0301" * 199]} - {""})


def test_the_queue_and_every_request_open_and_show_what_is_stored(nurse: Client) -> None:
    made = [
        make_request(
            person=make_person(full_name=text, asker_name=text, who_for="adult", access_needs=text),
            answers=make_answers(in_own_words=text, referrer=text),
        )
        for text in TYPED
    ]
    assert nurse.get(QUEUE).status_code == 200
    for text, request in zip(TYPED, made, strict=True):
        answer = nurse.get(page(request))
        assert answer.status_code == 200
        assert unescape(answer.text).count(text) >= 5, text
        assert "<svg onload" not in answer.text and "<script>alert" not in answer.text
