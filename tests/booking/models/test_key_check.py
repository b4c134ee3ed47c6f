"""Other keys than the ones first used are noticed."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks

from booking.models import KeyCheck

pytestmark = pytest.mark.django_db


def _found() -> list[str]:
    return [message.id for message in run_checks(databases=["default"]) if message.id == "clinic.E010"]


@pytest.mark.parametrize("setting", ["SEAL_KEYS", "SEARCH_KEY"])
def test_the_check_refuses_other_keys(settings, setting):
    assert KeyCheck.agrees()
    assert _found() == []
    right = getattr(settings, setting)
    setattr(settings, setting, {"k1": b"x" * 32} if setting == "SEAL_KEYS" else b"x" * 32)
    assert not KeyCheck.agrees()
    assert _found() == ["clinic.E010"]
    setattr(settings, setting, right)
    assert KeyCheck.agrees()


def test_a_new_seal_key_beside_the_old_one_is_fine(settings):
    assert KeyCheck.agrees()
    settings.SEAL_KEYS = {"a-newer-one": b"n" * 32, **settings.SEAL_KEYS}
    assert KeyCheck.agrees()


def test_nothing_of_the_keys_is_stored(settings):
    KeyCheck.agrees()
    row = KeyCheck.objects.get()
    stored = f"{row.search_value}".encode() + bytes(row.probe)
    for key in (*settings.SEAL_KEYS.values(), settings.SEARCH_KEY):
        assert key not in stored
        assert key.hex().encode() not in stored
