"""One web process on one database: reads an address and a state a line, answers with what it took."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

import django

django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402 (after the setup)
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.fill import RARE  # noqa: E402
from booking.actions import tally_all  # noqa: E402
from booking.actions.tally import TURN  # noqa: E402
from booking.admin.lists.filters import hashes_for_address  # noqa: E402
from booking.admin.queue.search import hashes_of  # noqa: E402
from booking.hours.clinic import today  # noqa: E402
from booking.models import ConsultationRequest, Tally, TallyMark  # noqa: E402
from booking.models.sealed import keyed_hash  # noqa: E402
from booking.rules.roles import Role  # noqa: E402
from treatments.clinic import clinic, snapshot  # noqa: E402
from treatments.models import Clinician  # noqa: E402
from treatments.pages.page_cache import kept  # noqa: E402

# Who may open what; the nurse opens all the rest.
MANAGED: Final = ("/admin/audit/", "/admin/exports/", "/admin/staff/", "/admin/booking/schedule/")


class Meter:
    """Counts the queries of a connection, and how long they took."""

    number, seconds = 0, 0.0

    def __call__(self, execute: Any, *args: Any) -> Any:
        self.number += 1
        began = time.perf_counter()
        try:
            return execute(*args)
        finally:
            self.seconds += time.perf_counter() - began


def _usual() -> None:
    """Do what the worker's clock does every four minutes."""
    if not TallyMark.objects.filter(right_until__gt=timezone.now() - TURN).exists():
        tally_all()


def _fresh() -> None:
    """Know as little as a process that has just begun: no facts, no pages, no connection."""
    _usual()
    for remembered in (clinic, snapshot, kept):
        remembered.forget()
    connection.close()


def _alone() -> None:
    """Let the worker have stopped ten minutes ago."""
    _usual()
    TallyMark.objects.update(right_until=timezone.now() - timedelta(minutes=10))


def _uncounted() -> None:
    """Let nobody have counted anything yet."""
    Tally.objects.all().delete()


STATES: Final[dict[str, Callable[[], None]]] = {
    "": _usual,
    "fresh": _fresh,
    "alone": _alone,
    "uncounted": _uncounted,
}


def main() -> None:
    """Answer until the input ends."""
    nurse = User.objects.filter(username__startswith="bench-", groups__name=Role.NURSE).earliest("pk")
    manager, stock = _client(_person("bench-manager", Role.MANAGER)), _client(_person("bench-super"))
    usual, places = _client(nurse), _places(nurse)
    for line in sys.stdin:
        asked = json.loads(line)
        address = asked["address"]
        for name, value in places.items():
            address = address.replace(name, value)
        client = manager if address.startswith(MANAGED) else usual
        client = stock if address.startswith("/stock/") else client
        STATES[asked["state"]]()
        meter, began = Meter(), time.perf_counter()
        with connection.execute_wrapper(meter):
            status = client.get(address).status_code
        took = time.perf_counter() - began
        print(json.dumps({
            "ms": 1000 * took, "sql": 1000 * meter.seconds, "queries": meter.number, "status": status,
            "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }), flush=True)  # fmt: skip


def _places(nurse: User) -> dict[str, str]:
    last: date = today() - timedelta(days=36)
    return {
        "REQUEST": str(ConsultationRequest.objects.open().order_by("reply_by")[40].pk),
        "RARE": _find(RARE),
        "COMMON": _find("first3"),
        "TWO": _two_names(),
        "STAFF": str(nurse.pk),
        "CLINICIAN": str(Clinician.objects.earliest("pk").pk),
        "FROM": (last - timedelta(days=364)).isoformat(),
        "TO": last.isoformat(),
    }


def _two_names() -> str:
    """Return the commonest first name with a last name so that three have both: as many rows at any size."""
    common = keyed_hash("name", "first0")
    both = "SELECT search[2] FROM booking_consultationrequest WHERE search @> ARRAY[%s::bigint]"
    with connection.cursor() as cursor:
        cursor.execute(f"{both} GROUP BY 1 HAVING COUNT(*) = 3 ORDER BY 1 LIMIT 1", [common])
        return hashes_for_address([common, *cursor.fetchone()])


def _find(typed: str) -> str:
    return hashes_for_address(hashes_of(typed))


def _person(username: str, *roles: Role) -> User:
    person, _made = User.objects.get_or_create(
        username=username, defaults={"is_staff": True, "is_superuser": not roles, "last_name": "Bench"}
    )
    person.groups.set(Group.objects.filter(name__in=roles))
    return person


def _client(user: User) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return client


if __name__ == "__main__":
    main()
