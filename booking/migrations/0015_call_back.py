"""When to call a patient again: empty for every request there is, so that the table is not rewritten."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('booking', '0014_staff_accounts'),
    ]

    operations = [
        migrations.AddField(
            model_name='consultationrequest',
            name='call_back_at',
            field=models.DateTimeField(db_comment='keep: no personal data', null=True),
        ),
    ]
