"""One index for whatever is chosen among finished requests, in place of three; made while the site runs."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('booking', '0017_asked_earlier'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='consultationrequest',
            index=models.Index(condition=models.Q(('status__in', ['closed', 'declined', 'seen', 'withdrawn'])), fields=['-status_changed_at', 'id'], include=('status', 'topic', 'priority', 'language', 'assignee', 'flags'), name='request_ended'),
        ),
        RemoveIndexConcurrently(
            model_name='consultationrequest',
            name='request_finished',
        ),
        RemoveIndexConcurrently(
            model_name='consultationrequest',
            name='request_finished_status',
        ),
        RemoveIndexConcurrently(
            model_name='consultationrequest',
            name='request_finished_topic',
        ),
    ]
