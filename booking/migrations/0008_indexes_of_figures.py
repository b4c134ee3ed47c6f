"""Indexes for the dashboard and the audit page, made while the site runs."""

from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('booking', '0007_record_of_exports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='accesslog',
            index=models.Index(condition=models.Q(('look', 'exported'), _negated=True), fields=['at', 'id'], name='access_at'),
        ),
        AddIndexConcurrently(
            model_name='consultationrequest',
            index=models.Index(fields=['received_at'], include=('topic', 'status', 'outcome_reason', 'source', 'first_contact_at'), name='request_received'),
        ),
        AddIndexConcurrently(
            model_name='event',
            index=models.Index(fields=['at', 'id'], name='event_at'),
        ),
        AddIndexConcurrently(
            model_name='event',
            index=models.Index(fields=['user', 'at', 'id'], name='event_user_at'),
        ),
    ]
