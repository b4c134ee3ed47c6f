"""A process proves all its keys before it seals, opens or looks for anything."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.db import OperationalError, connection

from booking.models import KeyCheck, key_check
from booking.models.key_check import KeysNotProved, forget_proof, require_proof
from booking.models.sealed import SealBroken, keyed_hash, seal, unseal

pytestmark = pytest.mark.django_db
OTHER = b"x" * 32


@pytest.fixture(autouse=True)
def _a_process_that_has_just_started():
    forget_proof()


def _found() -> list[str]:
    return [message.id for message in run_checks(databases=["default"]) if message.id == "clinic.E010"]


def _wrong(settings, which: str) -> None:
    if which == "SEARCH_KEY":
        settings.SEARCH_KEY = OTHER
    else:
        settings.SEAL_KEYS = {**settings.SEAL_KEYS, which: OTHER}


@pytest.fixture
def two_keys(settings) -> bytes:
    """Go on with two keys, both known to the database; return what the older one sealed."""
    older = seal(b"text", "place")
    settings.SEAL_KEYS = {"k2": b"2" * 32, **settings.SEAL_KEYS}
    KeyCheck.remember()
    return older


def test_right_keys_are_proved_once(settings, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert unseal(seal(b"text", "place"), "place") == b"text"
        keyed_hash("name", "test")
        require_proof()


@pytest.mark.parametrize("which", ["test", "k2", "SEARCH_KEY"])
@pytest.mark.usefixtures("two_keys")
def test_no_wrong_key_seals_opens_or_looks_for_anything(settings, which, two_keys):
    _wrong(settings, which)
    for use in (
        lambda: seal(b"text", "place"),
        lambda: unseal(two_keys, "place"),
        lambda: keyed_hash("name", "test"),
    ):
        with pytest.raises(KeysNotProved, match="not this database's"):
            use()
    assert _found() == ["clinic.E010"]


@pytest.mark.usefixtures("two_keys")
def test_a_key_that_was_ever_used_must_stay(settings):
    settings.SEAL_KEYS = {"k2": settings.SEAL_KEYS["k2"]}
    with pytest.raises(KeysNotProved, match="not this database's"):
        require_proof()


def test_a_new_key_waits_for_the_release_step(settings):
    settings.SEAL_KEYS = {"a-newer-one": b"n" * 32, **settings.SEAL_KEYS}
    with pytest.raises(KeysNotProved, match="release step has not seen"):
        seal(b"text", "place")
    assert not KeyCheck.disagrees()
    assert _found() == []
    KeyCheck.remember()
    assert unseal(seal(b"text", "place"), "place") == b"text"


def test_a_fresh_database_waits_for_the_release_step():
    KeyCheck.objects.all().delete()
    with pytest.raises(KeysNotProved, match="release step writes it"):
        seal(b"text", "place")
    assert not KeyCheck.objects.exists()
    assert _found() == []


def test_a_process_that_started_without_the_database_proves_its_keys_later(monkeypatch):
    def refuse(*_args):
        raise OperationalError("connection refused: password=secret")

    with monkeypatch.context() as away:
        away.setattr(connection, "cursor", refuse)
        with pytest.raises(KeysNotProved) as refusal:
            seal(b"text", "place")
    assert "secret" not in str(refusal.value)
    assert unseal(seal(b"text", "place"), "place") == b"text"


def test_what_does_not_open_lets_the_keys_be_proved_anew(monkeypatch):
    """The row may be broken, or the database may have been exchanged for another's backup."""
    monkeypatch.setattr(key_check, "DOUBT_SECONDS", -1.0)
    shut = seal(b"text", "place")
    KeyCheck.objects.update(search_value=0)
    assert unseal(shut, "place") == b"text"
    with pytest.raises(SealBroken):
        unseal(shut, "elsewhere")
    with pytest.raises(KeysNotProved):
        unseal(shut, "place")


def test_nothing_of_the_keys_is_stored(settings):
    row = KeyCheck.objects.get()
    stored = f"{row.search_value}".encode() + bytes(row.probe)
    for key in (*settings.SEAL_KEYS.values(), settings.SEARCH_KEY):
        assert key not in stored
        assert key.hex().encode() not in stored


def test_a_page_of_documents_that_do_not_open_asks_once_again(monkeypatch, django_assert_num_queries):
    broken = seal(b"text", "place")
    for doubts, queries in ((10.0, 0), (-1.0, 3)):
        monkeypatch.setattr(key_check, "DOUBT_SECONDS", doubts)
        with django_assert_num_queries(queries):
            for _ in range(3):
                with pytest.raises(SealBroken):
                    unseal(broken, "another place")
            require_proof()
