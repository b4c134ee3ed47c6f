"""What a table in use gets without being locked: filled columns, indexes made beside, constraints checked later.

A hold made before there was an end gets one in two days; a promise counts as kept from the
first contact on, and what failed as told when somebody reached the patient later.
"""

from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models

ROWS = 2000
HELD = "UPDATE booking_visit SET held_until = now() + interval '2 days' WHERE state = 'held' AND held_until IS NULL"
TOLD = """
    UPDATE booking_message SET told_at = now() WHERE state = 'failed' AND told_at IS NULL AND EXISTS (
        SELECT 1 FROM booking_event WHERE request_id = booking_message.request_id AND verb = 'log_contact'
        AND codes->>'outcome' = 'reached' AND at > booking_message.created_at
    )
"""
ANSWERED = """
    UPDATE booking_consultationrequest SET answered_at = first_contact_at WHERE id IN (
        SELECT id FROM booking_consultationrequest
        WHERE first_contact_at IS NOT NULL AND answered_at IS NULL LIMIT %s
    )
"""


def fill(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(HELD)
        cursor.execute(TOLD)
        cursor.execute(ANSWERED, [ROWS])
        while cursor.rowcount == ROWS:
            cursor.execute(ANSWERED, [ROWS])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("booking", "0004_after_sending")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        AddIndexConcurrently(
            model_name='consultationrequest',
            index=models.Index(condition=models.Q(('news', ''), _negated=True), fields=['reply_by'], name='request_news'),
        ),
        AddIndexConcurrently(
            model_name='message',
            index=models.Index(condition=models.Q(('state__in', ['call', 'failed']), ('told_at', None)), fields=['request'], name='message_to_tell'),
        ),
        AddIndexConcurrently(
            model_name='visit',
            index=models.Index(condition=models.Q(('state', 'held')), fields=['held_until'], name='visit_held_until'),
        ),
        AddConstraintNotValid(
            model_name='consultationrequest',
            constraint=models.CheckConstraint(condition=models.Q(('news__in', ['', 'reply', 'none-suit', 'lapsed', 'move', 'cancelled'])), name='request_news_known'),
        ),
        ValidateConstraint(model_name='consultationrequest', name='request_news_known'),
        AddConstraintNotValid(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'held'), _negated=True), ('held_until__isnull', False), _connector='OR'), name='visit_held_has_an_end'),
        ),
        ValidateConstraint(model_name='visit', name='visit_held_has_an_end'),
    ]
