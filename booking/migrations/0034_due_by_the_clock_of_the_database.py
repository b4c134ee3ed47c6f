"""A default that the database sets by its own clock: the catalog alone changes, no row is read."""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('booking', '0033_staff_preferences'),
    ]

    operations = [
        migrations.AlterField(
            model_name='message',
            name='next_try_at',
            field=models.DateTimeField(db_comment='keep: no personal data', db_default=django.db.models.functions.datetime.Now()),
        ),
    ]
