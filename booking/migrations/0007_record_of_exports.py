"""What a look was at in detail: what was refused, what an export held. No table is rewritten."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('booking', '0006_limits_and_codes'),
    ]

    operations = [
        migrations.AddField(
            model_name='accesslog',
            name='codes',
            field=models.JSONField(db_comment='keep: no personal data', db_default=models.Value({}, output_field=models.JSONField()), default=dict),
        ),
        migrations.AlterField(
            model_name='accesslog',
            name='look',
            field=models.CharField(choices=[('list', 'Opened the queue'), ('view', 'Opened a request'), ('history', 'Opened the history'), ('search', 'Searched for a person'), ('call-form', 'Took a call'), ('figures', 'Opened the dashboard'), ('audit', 'Opened the audit page'), ('export', 'Exported'), ('exported', 'Was in an export'), ('denied', 'Was refused')], db_comment='keep: no personal data', max_length=10),
        ),
    ]
