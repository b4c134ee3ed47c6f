"""A note or letter that does not open is shown as that, and takes nothing else of the page away."""

from __future__ import annotations

import pytest
from django.test import Client

from booking import actions
from booking.models import Letter, Note
from booking.rules.transitions import Verb
from tests.booking.admin.conftest import page
from tests.factories import everybody, make_request

pytestmark = pytest.mark.django_db
LOST = b"1|lost|" + bytes(40)


@pytest.mark.parametrize("model", [Note, Letter])
def test_one_text_that_does_not_open_takes_no_other_away(
    model: type[Note] | type[Letter], nurse: Client, caplog: pytest.LogCaptureFixture
) -> None:
    made, by = make_request(), everybody()
    for text in ("Lost words", "Kept words"):
        actions.write_note(made, f"{text} of a note", by=by)
        made = actions.answer(made, f"{text} of a letter", by=by)
    lost = next(row for row in model.objects.all() if row.text.startswith("Lost"))
    model.objects.filter(pk=lost.pk).update(sealed_text=LOST)
    for address in (page(made), page(made, Verb.ANSWER))[: 2 if model is Letter else 1]:
        answer = nurse.get(address)
        assert answer.status_code == 200
        assert answer.text.count("This text does not open") == 1
        assert f"Kept words of a {model._meta.verbose_name}" in answer.text
        assert made.person.full_name in answer.text
    assert f"{lost.pk} does not open" in caplog.text
    assert "words" not in caplog.text
