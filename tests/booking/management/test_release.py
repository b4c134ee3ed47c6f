"""manage.py release."""

from __future__ import annotations

import io
import re

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection

from booking.models import KeyCheck
from booking.models.key_check import KeysNotProved, require_proof
from booking.models.sealed import SealBroken, unseal
from tests.factories import make_request
from treatments.clinic.clinic import forget
from treatments.models import Clinic, Clinician, Condition

pytestmark = pytest.mark.django_db
ROLE = "clinic_app_of_release"


@pytest.fixture(autouse=True)
def _fresh_facts():
    forget()
    yield
    forget()


def release(**options) -> str:
    out = io.StringIO()
    call_command("release", stdout=out, **options)
    return out.getvalue()


def test_it_brings_everything_up_and_repeating_it_changes_nothing(settings):
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
    settings.DEMO, settings.DATABASE_APP_ROLE = True, ROLE
    first = release()
    assert f"Rights granted to {ROLE}." in first
    assert Condition.objects.exists()
    assert Clinician.objects.filter(is_demo=True).exists()
    assert "throttle_counters" in connection.introspection.table_names()
    assert "0 new, 0 renewed, 0 removed" in release()
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'booking_event', 'DELETE')", [ROLE])
        assert cursor.fetchone() == (False,)


def test_without_a_demonstration_there_are_no_placeholder_people(settings):
    settings.DEMO, settings.DATABASE_APP_ROLE = False, ""
    assert "No rights granted" in release()
    assert Clinic.objects.exists()
    assert not Clinician.objects.exists()


def test_other_keys_stop_it_before_anything_is_migrated_or_loaded(settings, monkeypatch):
    done = []
    monkeypatch.setattr(
        "booking.management.commands.release.call_command", lambda *names, **_: done.append(names)
    )
    settings.SEARCH_KEY = b"x" * 32
    with pytest.raises(CommandError, match="not this database's"):
        release()
    assert done == []


def test_the_first_release_writes_a_check_value_for_each_key_and_later_ones_for_new_keys(settings):
    KeyCheck.objects.all().delete()
    settings.DATABASE_APP_ROLE = ""
    settings.SEAL_KEYS = {"k2": b"2" * 32, **settings.SEAL_KEYS}
    release()
    assert (KeyCheck.objects.count(), KeyCheck.problem()) == (2, "")
    settings.SEAL_KEYS = {"k3": b"3" * 32, **settings.SEAL_KEYS}
    release()
    assert (KeyCheck.objects.count(), KeyCheck.problem()) == (3, "")


def test_a_release_that_fails_leaves_no_new_key_behind(settings, monkeypatch):
    def fail(*names, **_options):
        raise CommandError("a migration fails")

    monkeypatch.setattr("booking.management.commands.release.call_command", fail)
    before = settings.SEAL_KEYS
    settings.SEAL_KEYS = {"k2": b"2" * 32, **before}
    with pytest.raises(CommandError, match="a migration fails"):
        release()
    assert KeyCheck.new_keys() == ["k2"]
    with pytest.raises(KeysNotProved, match="release step has not seen"):
        require_proof()
    settings.SEAL_KEYS = before
    require_proof()


def test_migrations_open_documents_while_a_new_key_has_no_row_yet(settings, monkeypatch):
    person, opened = make_request(), []

    def migrate(*names, **options):
        if names == ("migrate",):
            place = f"booking_consultationrequest:{person.pk}:person"
            # A broken row lets the keys be proved anew.
            with pytest.raises(SealBroken):
                unseal(person.sealed_person, "elsewhere")
            opened.append(unseal(person.sealed_person, place))
        call_command(*names, **options)

    monkeypatch.setattr("booking.management.commands.release.call_command", migrate)
    settings.DATABASE_APP_ROLE = ""
    settings.SEAL_KEYS = {"k2": b"2" * 32, **settings.SEAL_KEYS}
    release()
    assert len(opened) == 1 and KeyCheck.problem() == ""


def test_a_key_that_nothing_was_sealed_with_can_be_taken_back(settings):
    """By the statement of the runbook on keys."""
    settings.DATABASE_APP_ROLE, before = "", settings.SEAL_KEYS
    settings.SEAL_KEYS = {"k2": b"2" * 32, **before}
    release()
    settings.SEAL_KEYS = before
    assert KeyCheck.disagrees()
    text = (settings.BASE_DIR / "docs/runbooks/keys-and-certificates.md").read_text()
    with connection.cursor() as cursor:
        cursor.execute(re.search(r"DELETE FROM booking_keycheck[^\"\n]+", text)[0])
        assert cursor.rowcount == 1
    assert KeyCheck.problem() == ""


def test_a_key_that_was_in_use_before_it_had_a_check_value_must_open_what_it_sealed(settings):
    """Earlier releases kept one value alone, of the first key."""
    settings.DATABASE_APP_ROLE, first = "", settings.SEAL_KEYS
    settings.SEAL_KEYS = {"k2": b"2" * 32, **first}
    KeyCheck.remember()
    make_request()
    KeyCheck.objects.order_by("pk").last().delete()
    settings.SEAL_KEYS = {"k2": b"another" + b"2" * 25, **first}
    with pytest.raises(CommandError, match="not this database's"):
        release()
    assert KeyCheck.new_keys() == ["k2"]
    settings.SEAL_KEYS = {"k2": b"2" * 32, **first}
    release()
    assert KeyCheck.problem() == ""


def test_an_unfit_role_stops_it(settings):
    settings.DATABASE_APP_ROLE = "nobody_here"
    with pytest.raises(CommandError, match="There is no role nobody_here"):
        release()


def test_it_can_be_silent(settings):
    settings.DATABASE_APP_ROLE = ""
    assert release(verbosity=0) == ""


def test_accounts_of_an_earlier_demonstration_are_switched_off(settings):
    User.objects.create_user("demo", password="x" * 20, is_staff=True)
    User.objects.create_user("nurse.real", password="x" * 20, is_staff=True)
    settings.DEMO, settings.DATABASE_APP_ROLE = False, ""
    release()
    assert not User.objects.get(username="demo").is_active
    assert User.objects.get(username="nurse.real").is_active


def test_a_demonstration_keeps_its_accounts(settings):
    User.objects.create_user("demo", password="x" * 20, is_staff=True)
    settings.DATABASE_APP_ROLE = ""
    release()
    assert User.objects.get(username="demo").is_active
