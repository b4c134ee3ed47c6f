"""A number that each lock of a patient’s page adds to: a column with a default, no row is rewritten."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('booking', '0031_indexes_of_the_queue'),
    ]

    operations = [
        migrations.AddField(
            model_name='link',
            name='key_version',
            field=models.PositiveIntegerField(db_comment='keep: no personal data', db_default=0, default=0),
        ),
    ]
