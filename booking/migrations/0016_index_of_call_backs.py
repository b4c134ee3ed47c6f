"""The index that finds the calls that are due, made while the site runs."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('booking', '0015_call_back'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='consultationrequest',
            index=models.Index(condition=models.Q(('status__in', ['in-review', 'new', 'offered', 'scheduled', 'waiting']), ('call_back_at__isnull', False)), fields=['call_back_at'], name='request_call_back'),
        ),
    ]
