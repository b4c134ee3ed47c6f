"""One web process on one database: reads an address a line, answers with milliseconds, queries and memory."""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import Any

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402 (after the setup)
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from bench.fill import RARE  # noqa: E402
from booking.admin.filters import hashes_for_address  # noqa: E402
from booking.admin.search import hashes_of  # noqa: E402
from booking.models import ConsultationRequest  # noqa: E402


class Counter:
    """Counts the queries of a connection."""

    number = 0

    def __call__(self, execute: Any, *args: Any) -> Any:
        self.number += 1
        return execute(*args)


def main() -> None:
    """Answer until the input ends."""
    nurse = User.objects.filter(username__startswith="bench-").order_by("pk").first()
    assert nurse is not None
    clients = {False: _client(nurse), True: _client(_superuser())}
    places = {
        "REQUEST": str(ConsultationRequest.objects.open().order_by("reply_by")[40].pk),
        "RARE": _find(RARE),
        "COMMON": _find("first3"),
        "TWO": _find("first3 last9"),
        "STAFF": str(nurse.pk),
    }
    for line in sys.stdin:
        address = line.strip()
        for name, value in places.items():
            address = address.replace(name, value)
        client, counter = clients[address.startswith("/stock/")], Counter()
        began = time.perf_counter()
        with connection.execute_wrapper(counter):
            status = client.get(address).status_code
        took = 1000 * (time.perf_counter() - began)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        found = {"ms": took, "queries": counter.number, "status": status, "mb": memory}
        print(json.dumps(found), flush=True)


def _find(typed: str) -> str:
    return hashes_for_address(hashes_of(typed))


def _superuser() -> User:
    return User.objects.get_or_create(
        username="bench-super", defaults={"is_staff": True, "is_superuser": True, "last_name": "Super"}
    )[0]


def _client(user: User) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return client


if __name__ == "__main__":
    main()
