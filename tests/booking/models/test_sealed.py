"""Sealed documents open only with their key, in their place, unchanged."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from booking.models import sealed
from booking.models.cipher import VERSION
from booking.models.sealed import SealBroken, keyed_hash, seal, unseal

PLACE = "booking_consultationrequest:1:person"
KEY, OTHER_KEY = b"k" * 32, b"o" * 32


@pytest.fixture(autouse=True)
def _no_database_to_prove_keys_against(monkeypatch):
    monkeypatch.setattr(sealed, "require_proof", lambda: None)
    monkeypatch.setattr(sealed, "doubt_proof", lambda: None)


@pytest.fixture
def keys(settings):
    settings.SEAL_KEYS = {"k1": KEY}
    return settings


@given(st.binary(max_size=300), st.text(max_size=60))
@example(b"|1|k1|", "a|b:c")
def test_what_is_sealed_opens_in_its_place(plain, place):
    assert unseal(seal(plain, place), place) == plain


def test_nothing_of_the_text_can_be_read_in_the_sealed_bytes():
    assert b"Test Patient" not in seal(b"Test Patient 01", PLACE)


def test_the_same_text_never_looks_the_same():
    assert seal(b"text", PLACE) != seal(b"text", PLACE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "booking_consultationrequest:2:person",
        "booking_consultationrequest:1:answers",
        "booking_note:1:person",
        "",
    ],
    ids=["another row", "another column", "another table", "nowhere"],
)
def test_moved_to_another_place_it_stays_shut(elsewhere):
    with pytest.raises(SealBroken):
        unseal(seal(b"text", PLACE), elsewhere)


def test_any_changed_byte_keeps_it_shut():
    whole = seal(b"text", PLACE)
    for at in range(len(whole)):
        changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        with pytest.raises(SealBroken):
            unseal(changed, PLACE)


@pytest.mark.parametrize("cut", [0, 1, 5, 20, -1])
def test_cut_short_it_stays_shut(cut):
    with pytest.raises(SealBroken):
        unseal(seal(b"text", PLACE)[:cut], PLACE)


def test_another_key_under_the_same_name_does_not_open_it(keys):
    shut = seal(b"text", PLACE)
    keys.SEAL_KEYS = {"k1": OTHER_KEY}
    with pytest.raises(SealBroken):
        unseal(shut, PLACE)


def test_a_missing_key_does_not_open_it(keys):
    shut = seal(b"text", PLACE)
    keys.SEAL_KEYS = {"k2": OTHER_KEY}
    with pytest.raises(SealBroken):
        unseal(shut, PLACE)


def test_after_a_new_key_the_old_one_still_opens_and_the_new_one_seals(keys):
    old = seal(b"old", PLACE)
    keys.SEAL_KEYS = {"k2": OTHER_KEY, "k1": KEY}
    new = seal(b"new", PLACE)
    assert unseal(old, PLACE) == b"old"
    keys.SEAL_KEYS = {"k2": OTHER_KEY}
    assert unseal(new, PLACE) == b"new"


def test_a_broken_seal_tells_the_place_and_not_the_text(keys):
    with pytest.raises(SealBroken) as broken:
        unseal(seal(b"Test Patient 01", PLACE), "elsewhere")
    assert str(broken.value) == "elsewhere"


def test_search_hashes_need_the_key(settings):
    before = keyed_hash("name", "test")
    assert before == keyed_hash("name", "test")
    assert before != keyed_hash("email", "test")
    settings.SEARCH_KEY = OTHER_KEY
    assert before != keyed_hash("name", "test")


@given(st.text(max_size=40))
def test_a_hash_fits_a_database_integer(text):
    assert -(2**63) <= keyed_hash("name", text) < 2**63


def test_the_first_key_is_the_one_that_seals(keys):
    keys.SEAL_KEYS = {"new": OTHER_KEY, "old": KEY}
    assert seal(b"text", PLACE).split(b"|")[:2] == [VERSION, b"new"]
