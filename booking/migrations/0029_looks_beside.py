"""One more kind of look. Nothing in the table changes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('booking', '0028_indexes_of_the_first_promise'),
    ]

    operations = [
        migrations.AlterField(
            model_name='accesslog',
            name='look',
            field=models.CharField(choices=[('list', 'Opened the queue'), ('view', 'Opened a request'), ('history', 'Opened the history'), ('beside', 'Compared its PEG with another request'), ('search', 'Searched for a person'), ('calendar', 'Opened the calendar'), ('call-form', 'Took a call'), ('figures', 'Opened the dashboard'), ('audit', 'Opened the audit page'), ('export', 'Exported'), ('exported', 'Was in an export'), ('feed', 'Read a calendar feed'), ('feed-made', 'Made a calendar feed'), ('feed-ended', 'Ended a calendar feed'), ('denied', 'Was refused')], db_comment='keep: no personal data', max_length=10),
        ),
    ]
