"""The first promise of a request, kept for good. Older rows are filled in by the worker; nothing waits here."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('booking', '0026_found_by_birth_date'),
    ]

    operations = [
        migrations.AddField(
            model_name='consultationrequest',
            name='first_reply_by',
            field=models.DateTimeField(db_comment='keep: no personal data', null=True),
        ),
    ]
