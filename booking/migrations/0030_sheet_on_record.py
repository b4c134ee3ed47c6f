"""Two more kinds of look, the day’s sheet and the notice of a change: no table is touched."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('booking', '0029_looks_beside'),
    ]

    operations = [
        migrations.AlterField(
            model_name='accesslog',
            name='look',
            field=models.CharField(choices=[('list', 'Opened the queue'), ('view', 'Opened a request'), ('history', 'Opened the history'), ('beside', 'Compared its PEG with another request'), ('search', 'Searched for a person'), ('calendar', 'Opened the calendar'), ('call-form', 'Took a call'), ('figures', 'Opened the dashboard'), ('audit', 'Opened the audit page'), ('sheet', 'Opened the day’s sheet'), ('told', 'Was told of a change'), ('export', 'Exported'), ('exported', 'Was in an export, or on the day’s sheet'), ('feed', 'Read a calendar feed'), ('feed-made', 'Made a calendar feed'), ('feed-ended', 'Ended a calendar feed'), ('denied', 'Was refused')], db_comment='keep: no personal data', max_length=10),
        ),
    ]
