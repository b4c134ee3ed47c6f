"""What the application's own database role can and cannot do."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.cache import cache
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from booking import actions
from booking.hours.clinic import today
from booking.management.rights import UnfitRole, grant
from booking.models import DailyCount, Draft, KeyCheck
from booking.models.access import Look
from booking.rules.retention import DRAFT_KEPT
from booking.rules.statuses import Status
from tests.factories import begin_visit, everybody, make_answers, make_person, make_request
from tests.treatments.factories import make_page
from treatments.editorial import history

pytestmark = pytest.mark.django_db
ROLE = "clinic_app_under_test"
HISTORY = ("booking_event", "booking_accesslog", "booking_accountevent")
WRITTEN = (
    *("booking_note", "booking_letter", "treatments_signoff"),
    *("reversion_revision", "reversion_version", "django_admin_log"),
)
KEPT = ("booking_consultationrequest", "booking_visit", "booking_message", "booking_link")


def execute(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def as_application() -> Iterator[None]:
    """Go on as the application's role. Role and rights vanish with the test's transaction."""
    call_command("createcachetable")
    execute(f"CREATE ROLE {ROLE}")
    grant(ROLE)
    execute(f"SET ROLE {ROLE}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def test_it_does_the_whole_work_of_the_site(as_application):
    by = everybody()
    request = make_request(Status.SCHEDULED)
    actions.record_access(Look.VIEW, by=by, consultation=request)
    actions.write_note(request, "Called.", by=by)
    request = actions.answer(request, "Bring your list of medicines.", by=by)
    LogEntry.objects.log_actions(by.user.pk, [request], CHANGE)
    begin_visit(request)
    assert actions.mark_seen(request, by=by).status == Status.SEEN
    actions.take_call(make_person(), make_answers(), by=by, key=uuid.uuid4())
    DailyCount.add("stop", "HD-1", today())
    cache.set("sign-in", 1)
    draft, _token = Draft.begin("en")
    draft.created_at = timezone.now() - DRAFT_KEPT
    draft.expires_at = timezone.now() - dt.timedelta(seconds=1)
    draft.save()
    assert actions.purge().drafts == 1
    assert not KeyCheck.problem()


def test_it_keeps_the_history_of_a_page_and_brings_a_version_back(as_application):
    page, editor = make_page(title_en="First"), everybody().user
    history.keep_what_staff_did_not_write(page)
    page.title_en = "Second"
    page.save()
    history.keep(page, editor, "A change")
    assert history.go_back(history.versions(page).last(), editor).title_en == "First"


@pytest.mark.parametrize("table", HISTORY)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET at = now()",
        "DELETE FROM {}",
        "TRUNCATE {}",
        "DROP TABLE {} CASCADE",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
        "ALTER TABLE {} ADD COLUMN more text",
        "DROP TRIGGER append_only_rows ON {}",
        "CREATE TRIGGER mine BEFORE INSERT ON {} FOR EACH ROW EXECUTE FUNCTION booking_refuse_change()",
    ],
    ids=["update", "delete", "truncate", "drop", "disable trigger", "alter", "drop trigger", "new trigger"],
)
def test_history_is_out_of_its_reach(as_application, table, statement):
    make_request()
    with pytest.raises(ProgrammingError, match="permission denied|must be owner"):
        execute(statement.format(table))


@pytest.mark.parametrize(
    "statement",
    [
        *(f"UPDATE {table} SET id = id" for table in WRITTEN),  # noqa: S608 (our own names)
        *(f"DELETE FROM {table}" for table in WRITTEN + KEPT),  # noqa: S608
        "TRUNCATE booking_consultationrequest CASCADE",
        "UPDATE booking_keycheck SET search_value = 0",
        "INSERT INTO booking_keycheck SELECT id + 1, search_value, probe FROM booking_keycheck",
        "DELETE FROM booking_keycheck",
        "DELETE FROM django_migrations",
        "CREATE TABLE public.mine (id int)",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION booking_refuse_change() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN OLD; END'",
    ],
)
def test_nor_can_it_go_round_it(as_application, statement):
    with pytest.raises(ProgrammingError, match="permission denied|must be owner"):
        execute(statement)


def test_granting_again_takes_nothing_away_and_adds_nothing(as_application):
    execute("RESET ROLE")
    execute(f"GRANT ALL ON booking_event TO {ROLE}")
    grant(ROLE)
    grant(ROLE)
    execute(f"SET ROLE {ROLE}")
    make_request()
    with pytest.raises(ProgrammingError):
        execute("DELETE FROM booking_event")


def test_tables_of_the_next_release_are_open_to_it(as_application):
    execute("RESET ROLE")
    execute("CREATE TABLE booking_next (id serial)")
    execute(f"SET ROLE {ROLE}")
    execute("INSERT INTO booking_next DEFAULT VALUES")


def test_the_owner_itself_is_refused_as_the_applications_role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
    with pytest.raises(UnfitRole, match="could rewrite the history"):
        grant(owner)


def test_a_role_that_is_not_there_is_named():
    with pytest.raises(UnfitRole, match="CREATE ROLE nobody_here"):
        grant("nobody_here")


def test_a_strange_name_is_quoted():
    execute('CREATE ROLE "odd name; --"')
    grant("odd name; --")
