"""The index of the figures also holds the first promise; one finds rows without it. Made while the site runs."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('booking', '0027_first_promise'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='consultationrequest',
            index=models.Index(condition=models.Q(('first_reply_by', None)), fields=['received_at'], name='request_without_promise'),
        ),
        AddIndexConcurrently(
            model_name='consultationrequest',
            index=models.Index(fields=['received_at'], include=('topic', 'status', 'outcome_reason', 'source', 'first_contact_at', 'first_reply_by'), name='request_figures'),
        ),
        RemoveIndexConcurrently(
            model_name='consultationrequest',
            name='request_received',
        ),
    ]
