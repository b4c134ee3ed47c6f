"""Notes between staff."""

from __future__ import annotations

import pytest

from booking import actions
from booking.actions import Actor
from booking.models import Note
from booking.rules.errors import NotAllowed
from tests.factories import everybody, make_request, make_staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["nurse", "clinician", "manager"])
def test_a_note_keeps_its_author(role):
    user = make_staff(role)
    note = actions.write_note(make_request(), "Called twice.", by=Actor.staff(user))
    assert (Note.objects.get(pk=note.pk).text, note.author) == ("Called twice.", user)


@pytest.mark.parametrize("roles", [(), ("reception",), ("editor",)])
def test_who_sees_no_answers_writes_no_notes(roles):
    with pytest.raises(NotAllowed):
        actions.write_note(make_request(), "Called.", by=Actor.staff(make_staff(*roles)))
    assert not Note.objects.exists()


def test_the_patient_writes_none():
    with pytest.raises(NotAllowed):
        actions.write_note(make_request(), "Hello.", by=Actor.patient())


def test_a_note_pressed_twice_is_kept_once() -> None:
    request, by = make_request(), everybody()
    first = actions.write_note(request, "Call in the morning.", by=by)
    assert actions.write_note(request, "Call in the morning.", by=by) == first
    assert actions.write_note(request, "Call in the evening.", by=by) != first
    actions.write_note(request, "Call in the evening.", by=Actor.staff(make_staff("nurse")))
    assert request.notes.count() == 3
