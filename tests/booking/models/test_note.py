"""Notes of staff."""

from __future__ import annotations

import pytest

from booking import actions
from booking.models import Note
from booking.models.sealed import SealBroken
from tests.factories import everybody, make_request

pytestmark = pytest.mark.django_db


def test_a_note_is_sealed_and_opens_only_in_its_own_row():
    note = actions.write_note(make_request(), "Called, canary text.", by=everybody())
    other = actions.write_note(make_request(), "Another.", by=everybody())
    assert b"canary" not in bytes(note.sealed_text)
    assert Note.objects.get(pk=note.pk).text == "Called, canary text."
    Note.objects.filter(pk=other.pk).update(sealed_text=note.sealed_text)
    with pytest.raises(SealBroken):
        _ = Note.objects.get(pk=other.pk).text
