"""Indexes for the calendar and its feeds, made while the site runs."""

from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('booking', '0009_schedules'),
        ('treatments', '0003_portraits_and_signed_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='visit',
            index=models.Index(fields=['clinician', 'starts_at'], name='visit_clinician_starts'),
        ),
        AddIndexConcurrently(
            model_name='visit',
            index=models.Index(condition=models.Q(('state__in', ['booked', 'held'])), fields=['starts_at'], name='visit_to_come'),
        ),
    ]
