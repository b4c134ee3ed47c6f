"""Requests that are kept already are found by birth date too, and by names in all the ways people type them.

A few hundred rows at a time, each batch by itself: nothing waits, and what was done stays done. A request that
came in through the release before, while this ran, is still found by phone and by name.
"""

from django.db import migrations

from booking.models.request import search_hashes
from booking.models.sealed import SealBroken, unseal
from booking.rules.documents import Person

ROWS = 500
NO_KEY = "00000000-0000-0000-0000-000000000000"


def fill(apps, schema_editor):
    requests = apps.get_model("booking", "ConsultationRequest").objects.order_by("pk")
    columns = requests.only("pk", "sealed_person", "search")
    last = NO_KEY
    while batch := list(columns.filter(pk__gt=last)[:ROWS]):
        last = batch[-1].pk
        requests.bulk_update([one for one in batch if _found_anew(one)], ["search"])


def _found_anew(request):
    try:
        person = Person.from_bytes(unseal(request.sealed_person, f"booking_consultationrequest:{request.pk}:person"))
    except (SealBroken, ValueError, TypeError):
        # Erased, or does not open: nobody is looked for in it.
        return False
    before, request.search = request.search, search_hashes(person)
    return bool(person.birth_date) and request.search != before


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("booking", "0025_mark_unread")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
