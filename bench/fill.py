"""A table of requests as an old, busy clinic would have it: filled by SQL, in seconds.

What is drawn, and how: statuses in the shares below; conditions, languages, priorities and flags unevenly;
names from 400 first and 20,000 last names, the common ones far more often; every tenth request comes from
a person who asked before; three years of finished requests, four days of open ones. Sealed documents are
copies of one (they do not open in their new place), except for the rows that `open_up` seals anew.
"""

from __future__ import annotations

import uuid
from typing import Final

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import connection, transaction

from booking.models import ConsultationRequest
from booking.models.sealed import keyed_hash
from booking.rules.documents import Answers, Person
from booking.rules.questions import CONSENT_VERSION
from booking.rules.roles import Role
from booking.rules.safety import VERSION
from treatments.models import Clinician

FIRST_NAMES, LAST_NAMES, CLINICIANS, STAFF = 400, 20_000, 20, 8
# The name that is searched for as a rare one; nobody drawn has it.
RARE: Final = "Zzyzxname"

# n is the row's number; those up to %(open)s are open. Hours keep the visits of a clinician apart.
REQUESTS: Final = """
INSERT INTO booking_consultationrequest (id, reference, idempotency_key, version, source, status, news,
  outcome_reason, topic, language, flags, suggested_priority, priority_reasons, rules_version, priority,
  assignee_id, received_at, reply_by, first_reply_by, answered_at, first_contact_at, status_changed_at,
  visit_id, sealed_person, sealed_answers, search, person_hash)
SELECT md5('request' || n)::uuid, upper(lpad(to_hex(n), 10, '0')), md5('key' || n)::uuid, 1,
  CASE WHEN dice < .2 THEN 'phone' ELSE 'web' END, status,
  CASE WHEN status IN ('in-review', 'scheduled') AND dice < .08 THEN 'reply' ELSE '' END,
  CASE status WHEN 'closed' THEN 'other' WHEN 'declined' THEN 'not-offered' ELSE '' END,
  (ARRAY['migraine', 'migraine', 'migraine', 'back-pain', 'back-pain', 'tension-headache', 'tmj', 'other'])
    [1 + n %% 8],
  CASE WHEN n %% 5 = 0 THEN 'es' ELSE 'en' END,
  CASE WHEN n %% 9 = 0 THEN '{safety,call}' WHEN n %% 11 = 0 THEN '{interpreter}'
    WHEN n %% 50 = 0 THEN '{minor,proxy}' ELSE '{}' END::varchar(20)[],
  priority, CASE priority WHEN 'same-day' THEN '{ALL-5}' WHEN 'soon' THEN '{HD-7}' ELSE '{}' END
    ::varchar(10)[],
  %(rules)s, priority, CASE WHEN n %% 3 > 0 THEN (%(staff)s::int[])[1 + n %% %(staff_count)s] END,
  received, received + interval '3 days', received + interval '3 days',
  CASE WHEN n > %(open)s OR dice < .4 THEN received + interval '1 day' END,
  CASE WHEN n > %(open)s OR dice < .4 THEN received + interval '1 day' END,
  received + interval '2 days',
  CASE WHEN status IN ('scheduled', 'seen') THEN md5('visit' || n)::uuid END,
  %(person)s, %(answers)s,
  ARRAY[(%(first)s::bigint[])[1 + floor(%(firsts)s * power(random(), 2))::int],
        (%(last)s::bigint[])[1 + floor(%(lasts)s * power(random(), 2))::int],
        ('x' || left(md5('email' || n), 16))::bit(64)::bigint,
        ('x' || left(md5('phone' || n), 16))::bit(64)::bigint],
  ('x' || left(md5('person' || n - (n %% 10 = 0)::int), 16))::bit(64)::bigint
FROM (SELECT n, random() AS dice,
    CASE WHEN n <= %(open)s THEN (ARRAY['new', 'new', 'in-review', 'in-review', 'waiting', 'waiting',
        'offered', 'scheduled', 'scheduled', 'scheduled'])[1 + n %% 10]
      ELSE (ARRAY['seen', 'seen', 'seen', 'seen', 'seen', 'declined', 'withdrawn', 'closed', 'closed',
        'closed'])[1 + n %% 10] END AS status,
    CASE WHEN n %% 40 = 0 THEN 'same-day' WHEN n %% 7 = 0 THEN 'soon' ELSE 'routine' END AS priority,
    now() - CASE WHEN n <= %(open)s THEN interval '4 days' ELSE interval '3 years' END * random()
      - CASE WHEN n <= %(open)s THEN interval '0' ELSE interval '10 days' END AS received
  FROM generate_series(1, %(rows)s) AS n) AS drawn
"""
VISITS: Final = """
INSERT INTO booking_visit (id, request_id, clinician_id, starts_at, ends_at, state, held_until, sequence)
SELECT visit_id, id, (%(clinicians)s::bigint[])[1 + row_number %% %(clinician_count)s], starts,
  starts + interval '45 minutes', CASE status WHEN 'scheduled' THEN 'booked' ELSE 'seen' END, NULL, 0
FROM (SELECT visit_id, id, status, row_number, CASE status
    WHEN 'scheduled' THEN date_trunc('day', now()) + interval '6 hours' * (row_number / %(clinician_count)s)
    ELSE status_changed_at END AS starts
  FROM (SELECT *, row_number() OVER (PARTITION BY status) FROM booking_consultationrequest
    WHERE visit_id IS NOT NULL) AS numbered) AS timed
"""
OFFERS: Final = """
INSERT INTO booking_visit (id, request_id, clinician_id, starts_at, ends_at, state, held_until, sequence)
SELECT md5('offer' || id)::uuid, id, (%(clinicians)s::bigint[])[1 + row_number %% %(clinician_count)s],
  now() + interval '2 years' + interval '1 hour' * (row_number / %(clinician_count)s),
  now() + interval '2 years' + interval '1 hour' * (row_number / %(clinician_count)s) + interval '45 minutes',
  'held', now() + interval '3 days' * random(), 0
FROM (SELECT id, row_number() OVER () FROM booking_consultationrequest WHERE status = 'offered') AS offered
"""
# The history around each request, so that the tables beside are as long as they would be.
EVENTS: Final = """
INSERT INTO booking_event (id, request_id, at, verb, from_status, to_status, actor, codes)
SELECT nextval(pg_get_serial_sequence('booking_event', 'id')), id, received_at, 'submit', '', 'new',
  'patient', '{}'
FROM booking_consultationrequest
"""
MESSAGES: Final = """
INSERT INTO booking_message (id, request_id, event_id, notice, language, state, attempts, next_try_at, error,
  created_at, sent_at)
SELECT md5('message' || e.id)::uuid, e.request_id, e.id, 'received', 'en', CASE WHEN failed THEN 'failed'
  ELSE 'sent' END, 1, e.at, CASE WHEN failed THEN 'address unknown' ELSE '' END, e.at,
  CASE WHEN NOT failed THEN e.at END
FROM (SELECT e.*, r.status IN ('new', 'in-review') AND r.received_at > now() - interval '2 hours' AS failed
  FROM booking_event e JOIN booking_consultationrequest r ON r.id = e.request_id) AS e
"""
LOOKS: Final = """
INSERT INTO booking_accesslog (at, user_id, look, request_id)
SELECT received_at, %(someone)s, 'view', id FROM booking_consultationrequest
"""


def fill(rows: int, *, open_rows: int, history: bool = True) -> User:
    """Fill empty tables with so many requests, the first `open_rows` of them open; return a nurse.

    `history` adds an event, a message and a look to each. Needs the right to suspend triggers.
    """
    staff = [_colleague(number) for number in range(STAFF)]
    clinicians = [
        Clinician.objects.create(name=f"Demo Clinician {n}", is_demo=True) for n in range(CLINICIANS)
    ]
    person, answers = _documents()
    values = {
        "rows": rows, "open": open_rows, "rules": VERSION, "staff": [one.pk for one in staff],
        "staff_count": STAFF, "clinicians": [one.pk for one in clinicians], "clinician_count": CLINICIANS,
        "person": person.to_bytes() + bytes(40), "answers": answers.to_bytes() + bytes(40),
        "first": [keyed_hash("name", f"first{n}") for n in range(FIRST_NAMES)], "firsts": FIRST_NAMES,
        "last": [keyed_hash("name", f"last{n}") for n in range(LAST_NAMES)], "lasts": LAST_NAMES,
        "someone": staff[0].pk,
    }  # fmt: skip
    statements = [REQUESTS, VISITS, OFFERS, *((EVENTS, MESSAGES, LOOKS) if history else ())]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        # Foreign keys hold by construction; checking each of a million would take most of the time.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")
        # By name: analysing the tables that all databases share waits for whoever else does so.
        for model in apps.get_app_config("booking").get_models():
            cursor.execute(f'ANALYZE "{model._meta.db_table}"')
    return staff[0]


def open_up(number: int = 6_000) -> None:
    """Seal anew what pages show, open requests and the latest finished ones, so that names are read."""
    person, answers = _documents()
    latest = ConsultationRequest.objects.order_by("-status_changed_at")[:number]
    rows = {one.pk: one for one in [*ConsultationRequest.objects.open()[:number], *latest]}.values()
    for count, row in enumerate(rows):
        search = row.search
        row.seal_person(person.changed(full_name=f"Test Patient {RARE if count == 7 else count}"))
        row.seal_answers(answers)
        row.search = row.search if count == 7 else search
    ConsultationRequest.objects.bulk_update(
        rows, ["sealed_person", "sealed_answers", "search"], batch_size=500
    )


def _colleague(number: int) -> User:
    name = {"first_name": "Demo", "last_name": f"Nurse {number}"}
    user = User.objects.create(username=f"bench-{uuid.uuid4()}", is_staff=True, **name)
    user.groups.set(Group.objects.filter(name__in=[Role.NURSE, Role.RECEPTION]))
    return user


def _documents() -> tuple[Person, Answers]:
    person = Person(
        full_name="Test Patient 01", birth_date="1980-01-07", phone="+14805550101", leave_message="yes",
        email="test.patient1@example.com", been_here="new", channel="phone", payment="insured",
        times=("tue-am", "thu-am"),
    )  # fmt: skip
    answers = Answers(
        topic="migraine", rules_version=VERSION, pain=7, enjoyment=8, activity=6, duration="years",
        where=("forehead",), headache_days=19, migraine_days=9, headache_hours="over-4", medicine_days=4,
        tried=("pain-medicine", "physical-therapy"), last_toxin="never", imaging=("mri",), referral="no",
        consent_version=CONSENT_VERSION, in_own_words="It is worse in the morning, and after work. " * 6,
    )  # fmt: skip
    return person, answers
