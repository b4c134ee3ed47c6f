"""Indexes for the queue, made while the site runs; the new ones before the old ones go."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('booking', '0010_indexes_of_the_calendar'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='consultationrequest',
            index=models.Index(condition=models.Q(('status__in', ['in-review', 'new', 'offered', 'scheduled', 'waiting'])), fields=['reply_by', 'received_at', 'id'], name='request_open_due'),
        ),
        AddIndexConcurrently(
            model_name='consultationrequest',
            index=models.Index(condition=models.Q(('status__in', ['in-review', 'new', 'offered', 'scheduled', 'waiting'])), fields=['status', 'reply_by', 'received_at', 'id'], name='request_open_status'),
        ),
        AddIndexConcurrently(
            model_name='consultationrequest',
            index=models.Index(condition=models.Q(('status__in', ['in-review', 'new', 'offered', 'scheduled', 'waiting'])), fields=['assignee', 'reply_by', 'received_at', 'id'], name='request_open_assignee'),
        ),
        AddIndexConcurrently(
            model_name='consultationrequest',
            index=models.Index(condition=models.Q(('status__in', ['in-review', 'new', 'offered', 'scheduled', 'waiting'])), fields=['topic', 'reply_by', 'received_at', 'id'], name='request_open_topic'),
        ),
        AddIndexConcurrently(
            model_name='consultationrequest',
            index=models.Index(condition=models.Q(('status__in', ['in-review', 'new', 'offered', 'scheduled', 'waiting'])), fields=['priority', 'reply_by', 'received_at', 'id'], name='request_open_priority'),
        ),
        AddIndexConcurrently(
            model_name='consultationrequest',
            index=models.Index(condition=models.Q(('status__in', ['in-review', 'new', 'offered', 'scheduled', 'waiting']), ('answered_at', None)), fields=['reply_by', 'received_at', 'id'], name='request_owed'),
        ),
        AddIndexConcurrently(
            model_name='consultationrequest',
            index=models.Index(condition=models.Q(('status__in', ['in-review', 'new', 'offered', 'scheduled', 'waiting']), models.Q(('news', ''), _negated=True)), fields=['reply_by', 'received_at', 'id'], name='request_with_news'),
        ),
        AddIndexConcurrently(
            model_name='consultationrequest',
            index=GinIndex(condition=models.Q(('status__in', ['in-review', 'new', 'offered', 'scheduled', 'waiting'])), fields=['flags'], name='request_open_flags'),
        ),
        AddIndexConcurrently(
            model_name='consultationrequest',
            index=models.Index(condition=models.Q(('status__in', ['closed', 'declined', 'seen', 'withdrawn'])), fields=['-status_changed_at', 'id'], name='request_finished'),
        ),
        AddIndexConcurrently(
            model_name='consultationrequest',
            index=models.Index(condition=models.Q(('status__in', ['closed', 'declined', 'seen', 'withdrawn'])), fields=['status', '-status_changed_at', 'id'], name='request_finished_status'),
        ),
        AddIndexConcurrently(
            model_name='consultationrequest',
            index=models.Index(condition=models.Q(('status__in', ['closed', 'declined', 'seen', 'withdrawn'])), fields=['topic', '-status_changed_at', 'id'], name='request_finished_topic'),
        ),
        RemoveIndexConcurrently(
            model_name='consultationrequest',
            name='request_open_reply_by',
        ),
        RemoveIndexConcurrently(
            model_name='consultationrequest',
            name='request_status_reply_by',
        ),
        RemoveIndexConcurrently(
            model_name='consultationrequest',
            name='request_assignee_reply_by',
        ),
        RemoveIndexConcurrently(
            model_name='consultationrequest',
            name='request_news',
        ),
    ]
