"""python -m bench.queue_fill ROWS OPEN: bring a database up to date; fill it if it is empty."""

from __future__ import annotations

import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402 (after the setup)
from django.db import connection  # noqa: E402

from bench.fill import fill, open_up  # noqa: E402
from bench.queue_visits import place_visits  # noqa: E402
from booking.actions import tally_all  # noqa: E402
from booking.models import ConsultationRequest  # noqa: E402

if __name__ == "__main__":
    call_command("migrate", verbosity=0, skip_checks=True)
    if not ConsultationRequest.objects.exists():
        fill(int(sys.argv[1]), open_rows=int(sys.argv[2]))
        open_up()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    place_visits()
    tally_all()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE booking_visit, booking_tally")
