"""manage.py demo_staff."""

from __future__ import annotations

import io
import stat

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command

from booking.actions import Actor
from booking.rules.roles import STAFF

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path):
    return tmp_path / "demo-staff.txt"


def run(path) -> str:
    out = io.StringIO()
    call_command("demo_staff", password_file=str(path), stdout=out)
    return out.getvalue().strip()


def test_the_account_has_every_role_and_the_password_in_the_file_opens_it(path):
    said = run(path)
    name, password = path.read_text().split()
    user = User.objects.get()
    assert (name, said) == ("demo", f"demo {password}")
    assert user.check_password(password)
    assert Actor.staff(user).roles == STAFF
    assert not user.is_superuser


def test_the_password_is_long_random_and_for_the_owners_eyes(path, tmp_path):
    run(path)
    first = path.read_text().split()[1]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(first) >= 15
    validate_password(first)
    User.objects.all().delete()
    run(tmp_path / "other.txt")
    assert (tmp_path / "other.txt").read_text().split()[1] != first


def test_a_later_run_keeps_the_password(path):
    assert run(path) == run(path)
    assert User.objects.count() == 1


@pytest.mark.parametrize("change", ["lost", "garbage", "changed by hand"])
def test_file_and_account_agree_again(path, change):
    run(path)
    user = User.objects.get()
    if change == "lost":
        path.unlink()
    elif change == "garbage":
        path.write_text("nonsense")
        path.chmod(0o644)
    else:
        user.set_password("something else entirely")
        user.save()
    run(path)
    user.refresh_from_db()
    assert user.check_password(path.read_text().split()[1])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_never_outside_a_demonstration(path, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="not a demonstration"):
        run(path)
    assert not User.objects.exists()
    assert not path.exists()


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        run(tmp_path / "no" / "such" / "folder.txt")
