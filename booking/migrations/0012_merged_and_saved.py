"""Where a merged request went on, and filters that somebody kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('booking', '0011_indexes_of_the_queue'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(db_comment='keep: no personal data', primary_key=True, serialize=False)),
                ('name', models.CharField(db_comment='keep: no personal data', max_length=40, verbose_name='name')),
                ('query', models.CharField(db_comment='keep: no personal data', max_length=300)),
            ],
            options={
                'verbose_name': 'saved filter',
                'ordering': ['name'],
            },
        ),
        migrations.AddField(
            model_name='consultationrequest',
            name='merged_into',
            field=models.ForeignKey(db_comment='keep: no personal data', db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='booking.consultationrequest'),
        ),
        migrations.AlterField(
            model_name='consultationrequest',
            name='assignee',
            field=models.ForeignKey(db_comment='keep: which member of staff acted', db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='savedfilter',
            name='user',
            field=models.ForeignKey(db_comment='keep: which member of staff acted', on_delete=django.db.models.deletion.CASCADE, related_name='saved_filters', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='savedfilter',
            constraint=models.UniqueConstraint(fields=('user', 'name'), name='saved_filter_named_once'),
        ),
    ]
