"""Who is one person, and who only shares a birth date and a way to reach them."""

from __future__ import annotations

import pytest

from booking.rules.documents import Person
from booking.rules.patient_matching import PatientMatch, name_keys, name_words, patient_match

ANA = Person("Ana Gomez", "2010-05-01", "+14805550101", "parent@example.com")


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, PatientMatch.SAME),
        ({"full_name": "GOMEZ, Ana Maria"}, PatientMatch.SAME),
        ({"email": ""}, PatientMatch.SAME),
        ({"phone": "+14805550101;ext=12", "email": "other@example.com"}, PatientMatch.SAME),
        ({"phone": "+14805550199", "email": "Parent@Example.com"}, PatientMatch.SAME),
        ({"full_name": "Ben Gomez"}, PatientMatch.ALIKE),
        ({"birth_date": "2010-05-02"}, PatientMatch.OTHER),
        ({"phone": "+14805550199", "email": "other@example.com"}, PatientMatch.OTHER),
        ({"phone": "", "email": ""}, PatientMatch.OTHER),
    ],
)
def test_birth_date_and_contact_and_then_the_name(changes: dict[str, str], wanted: PatientMatch) -> None:
    other = ANA.changed(**changes)
    assert patient_match(ANA, other) == patient_match(other, ANA) == wanted


def test_two_without_phone_and_e_mail_are_not_alike() -> None:
    nobody = ANA.changed(phone="", email="")
    assert patient_match(nobody, nobody) == PatientMatch.OTHER


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("José O'Brien", ["brien", "jose", "o"]),
        ("  JOSE   o-brien ", ["brien", "jose", "o"]),
        ("Nguyễn Thị", ["nguyen", "thi"]),
        ("Groß", ["gross"]),
        ("İpek", ["ipek"]),
        ("Anna Anna", ["anna"]),
        ("王 小明", ["小明", "王"]),
        ("\u200b \u202e", []),
        ("Łukasz Đặng", ["dang", "lukasz"]),
        ("Søren Ægir Þór", ["aegir", "soren", "thor"]),
    ],
)
def test_names_are_found_however_they_are_written(name: str, words: list[str]) -> None:
    assert name_words(name) == sorted(words)


@pytest.mark.parametrize("typed", ["OBrien", "o’brien", "O Brien", "Smithjones", "Smith Jones"])
def test_a_joined_name_is_found_in_one_and_apart(typed: str) -> None:
    found_by = name_keys("Ana O'Brien Smith-Jones")
    assert set(name_words(typed)) <= found_by


def test_one_person_may_join_a_name_and_part_it() -> None:
    one, other = (ANA.changed(full_name=name) for name in ("Ana Garcia-Lopez", "Ana GarciaLopez"))
    assert patient_match(one, other) == PatientMatch.SAME
    assert patient_match(one, ANA.changed(full_name="Ana Garcilopez")) == PatientMatch.ALIKE
