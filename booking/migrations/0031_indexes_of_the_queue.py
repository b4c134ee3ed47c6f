"""Indexes that hold what the queue counts, and the promises that still run; made while the site runs."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('booking', '0030_sheet_on_record'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='consultationrequest',
            index=models.Index(condition=models.Q(('status__in', ['in-review', 'new', 'offered', 'scheduled', 'waiting'])), fields=['status', 'reply_by', 'received_at', 'id'], include=['priority', 'assignee', 'news', 'flags', 'answered_at'], name='request_open_figures'),
        ),
        AddIndexConcurrently(
            model_name='consultationrequest',
            index=models.Index(condition=models.Q(('status__in', ['in-review', 'new', 'offered', 'scheduled', 'waiting']), ('answered_at', None), models.Q(('status__in', ['in-review', 'new']), models.Q(('news', ''), _negated=True), _connector='OR')), fields=['reply_by', 'received_at', 'id'], name='request_ticking'),
        ),
        RemoveIndexConcurrently(
            model_name='consultationrequest',
            name='request_owed',
        ),
        RemoveIndexConcurrently(
            model_name='consultationrequest',
            name='request_open_status',
        ),
    ]
