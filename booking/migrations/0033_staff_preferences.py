"""What each member of staff chose for themselves; a table of its own, so nothing waits for it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('booking', '0032_key_of_an_open_page'),
    ]

    operations = [
        migrations.CreateModel(
            name='StaffPreferences',
            fields=[
                ('user', models.OneToOneField(db_comment='keep: which member of staff acted', on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='preferences', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('single_keys', models.BooleanField(db_comment='keep: no personal data', default=True)),
            ],
            options={
                'verbose_name': 'preferences',
                'verbose_name_plural': 'preferences',
            },
        ),
    ]
