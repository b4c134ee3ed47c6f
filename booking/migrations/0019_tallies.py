"""Tallies of days and weeks, and up to when they are right. Empty: whoever looks first has them counted."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('booking', '0018_index_of_finished'),
    ]

    operations = [
        migrations.CreateModel(
            name='TallyMark',
            fields=[
                ('id', models.PositiveSmallIntegerField(db_comment='keep: no personal data', default=1, primary_key=True, serialize=False)),
                ('right_until', models.DateTimeField(db_comment='keep: no personal data', null=True)),
                ('clock', models.CharField(blank=True, db_comment='keep: no personal data', max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(db_comment='keep: no personal data', primary_key=True, serialize=False)),
                ('first', models.DateField(db_comment='keep: no personal data')),
                ('days', models.PositiveSmallIntegerField(db_comment='keep: no personal data')),
                ('topic', models.CharField(blank=True, db_comment='keep: no personal data', max_length=20)),
                ('requests', models.PositiveIntegerField(db_comment='keep: no personal data', default=0)),
                ('web', models.PositiveIntegerField(db_comment='keep: no personal data', default=0)),
                ('due', models.PositiveIntegerField(db_comment='keep: no personal data', default=0)),
                ('kept', models.PositiveIntegerField(db_comment='keep: no personal data', default=0)),
                ('outcomes', models.JSONField(db_comment='keep: no personal data', default=dict)),
                ('waits', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), db_comment='keep: no personal data', default=list, size=None)),
                ('waited', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), db_comment='keep: no personal data', default=list, size=None)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('first', 'days', 'topic'), name='tally_once'), models.CheckConstraint(condition=models.Q(('days__in', [1, 7])), name='tally_day_or_week')],
            },
        ),
    ]
