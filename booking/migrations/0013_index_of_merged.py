"""The index that finds what was merged into a request, made while the site runs."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('booking', '0012_merged_and_saved'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='consultationrequest',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='request_merged'),
        ),
    ]
