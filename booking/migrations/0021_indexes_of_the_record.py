"""Indexes for the record: one kind of look alone, and acts on accounts by time; made while the site runs."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('booking', '0020_acts_on_accounts'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='accesslog',
            index=models.Index(fields=['look', 'at', 'id'], name='access_look_at'),
        ),
        AddIndexConcurrently(
            model_name='accountevent',
            index=models.Index(fields=['at', 'id'], name='account_event_all_at'),
        ),
    ]
