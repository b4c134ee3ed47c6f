"""Clinicians' schedules, visit types, calendar feeds, and who wants an earlier time."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('booking', '0008_indexes_of_figures'),
        ('treatments', '0003_portraits_and_signed_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WorkingHours',
            fields=[
                ('id', models.BigAutoField(db_comment='keep: no personal data', primary_key=True, serialize=False)),
                ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], db_comment='keep: no personal data', verbose_name='day')),
                ('starts', models.TimeField(db_comment='keep: no personal data', verbose_name='from')),
                ('ends', models.TimeField(db_comment='keep: no personal data', verbose_name='to')),
            ],
            options={
                'verbose_name': 'weekly hours',
                'verbose_name_plural': 'weekly hours',
                'ordering': ['weekday', 'starts'],
            },
        ),
        migrations.AlterField(
            model_name='accesslog',
            name='look',
            field=models.CharField(choices=[('list', 'Opened the queue'), ('view', 'Opened a request'), ('history', 'Opened the history'), ('search', 'Searched for a person'), ('calendar', 'Opened the calendar'), ('call-form', 'Took a call'), ('figures', 'Opened the dashboard'), ('audit', 'Opened the audit page'), ('export', 'Exported'), ('exported', 'Was in an export'), ('denied', 'Was refused')], db_comment='keep: no personal data', max_length=10),
        ),
        migrations.AlterField(
            model_name='event',
            name='verb',
            field=models.CharField(choices=[('submit', 'Send request'), ('take_call', 'New from a call'), ('start_review', 'Start review'), ('assign', 'Assign'), ('set_priority', 'Set priority'), ('log_contact', 'Log a call'), ('amend_details', 'Correct details'), ('ask_patient', 'Ask patient'), ('reply', 'Reply'), ('write', 'Write to us'), ('answer', 'Write to patient'), ('mark_read', 'Mark as read'), ('offer_times', 'Offer times'), ('accept_time', 'Accept a time'), ('decline_times', 'None of these times'), ('lapse_offers', 'Offers ran out'), ('book_time', 'Book a time'), ('move_visit', 'Move visit'), ('ask_to_move', 'Ask to move the visit'), ('wish_earlier', 'Earlier time wanted'), ('cancel_visit', 'Cancel visit'), ('mark_seen', 'Mark seen'), ('mark_no_show', 'Mark no-show'), ('decline', 'Decline'), ('close', 'Close'), ('withdraw', 'Withdraw'), ('reopen', 'Reopen'), ('merge', 'Merge'), ('change_contact', 'Change contact details'), ('renew_link', 'Send a new link'), ('revoke_links', 'Shut the links'), ('move_promise', 'Promise moved'), ('record_access', 'Record access'), ('erase', 'Erase')], db_comment='keep: no personal data', max_length=20),
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(db_comment='keep: no personal data', primary_key=True, serialize=False)),
                ('token_hash', models.BinaryField(db_comment='erase: opens something for the person', max_length=32, unique=True)),
                ('created_at', models.DateTimeField(db_comment='keep: no personal data', default=django.utils.timezone.now)),
                ('revoked_at', models.DateTimeField(db_comment='keep: no personal data', null=True)),
                ('clinician', models.ForeignKey(db_comment='keep: no personal data', on_delete=django.db.models.deletion.CASCADE, related_name='feeds', to='treatments.clinician')),
                ('created_by', models.ForeignKey(db_comment='keep: which member of staff acted', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revoked_by', models.ForeignKey(db_comment='keep: which member of staff acted', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'calendar feed',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='EarlierWish',
            fields=[
                ('request', models.OneToOneField(db_comment='keep: no personal data', on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='earlier_wish', serialize=False, to='booking.consultationrequest')),
                ('asked_at', models.DateTimeField(db_comment='keep: no personal data', default=django.utils.timezone.now)),
                ('noted_by', models.ForeignKey(db_comment='keep: which member of staff acted', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'wish for an earlier time',
                'ordering': ['asked_at'],
            },
        ),
        migrations.CreateModel(
            name='FreedTime',
            fields=[
                ('id', models.BigAutoField(db_comment='keep: no personal data', primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField(db_comment='keep: no personal data')),
                ('ends_at', models.DateTimeField(db_comment='keep: no personal data')),
                ('freed_at', models.DateTimeField(db_comment='keep: no personal data', default=django.utils.timezone.now)),
                ('clinician', models.ForeignKey(db_comment='keep: no personal data', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='treatments.clinician')),
            ],
            options={
                'verbose_name': 'freed time',
                'ordering': ['starts_at'],
            },
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('clinician', models.OneToOneField(db_comment='keep: no personal data', on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='schedule', serialize=False, to='treatments.clinician')),
                ('takes_visits', models.BooleanField(db_comment='keep: no personal data', default=True, help_text='Off: no time of this clinician can be offered, chosen or booked any more.', verbose_name='takes visits')),
                ('user', models.OneToOneField(blank=True, db_comment='keep: which member of staff acted', help_text='With the role “clinician” this account sees the visits of this clinician alone.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='schedule', to=settings.AUTH_USER_MODEL, verbose_name='staff account')),
            ],
            options={
                'verbose_name': 'clinician’s schedule',
                'verbose_name_plural': 'clinicians’ schedules',
                'ordering': ['clinician'],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(db_comment='keep: no personal data', primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('away', 'Away'), ('vacation', 'Vacation'), ('training', 'Training or conference'), ('meeting', 'Meeting')], db_comment='keep: no personal data', default='away', max_length=10, verbose_name='kind')),
                ('starts_at', models.DateTimeField(db_comment='keep: no personal data', verbose_name='from')),
                ('ends_at', models.DateTimeField(db_comment='keep: no personal data', verbose_name='until')),
                ('schedule', models.ForeignKey(db_comment='keep: no personal data', on_delete=django.db.models.deletion.CASCADE, related_name='absences', to='booking.schedule')),
            ],
            options={
                'verbose_name': 'absence',
                'ordering': ['starts_at'],
            },
        ),
        migrations.CreateModel(
            name='VisitType',
            fields=[
                ('id', models.BigAutoField(db_comment='keep: no personal data', primary_key=True, serialize=False)),
                ('name', models.CharField(db_comment='keep: no personal data', max_length=60, verbose_name='name')),
                ('minutes', models.PositiveSmallIntegerField(db_comment='keep: no personal data', help_text='15, 30, 45 ... up to 240.', verbose_name='minutes')),
                ('position', models.PositiveSmallIntegerField(db_comment='keep: no personal data', default=0, verbose_name='order')),
                ('active', models.BooleanField(db_comment='keep: no personal data', default=True, verbose_name='can be booked')),
                ('clinician', models.ForeignKey(blank=True, db_comment='keep: no personal data', help_text='Blank: every clinician gives it.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='visit_types', to='treatments.clinician', verbose_name='only for')),
            ],
            options={
                'verbose_name': 'visit type',
                'ordering': ['position', 'name', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='visit',
            name='kind',
            field=models.ForeignKey(db_comment='keep: no personal data', db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='booking.visittype'),
        ),
        migrations.AddField(
            model_name='workinghours',
            name='schedule',
            field=models.ForeignKey(db_comment='keep: no personal data', on_delete=django.db.models.deletion.CASCADE, related_name='hours', to='booking.schedule'),
        ),
        migrations.AddConstraint(
            model_name='calendarfeed',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('clinician',), name='feed_one_alive_per_clinician'),
        ),
        migrations.AddIndex(
            model_name='freedtime',
            index=models.Index(fields=['starts_at'], name='freed_time_starts_at'),
        ),
        migrations.AddConstraint(
            model_name='freedtime',
            constraint=models.UniqueConstraint(fields=('clinician', 'starts_at', 'ends_at'), name='freed_time_once'),
        ),
        migrations.AddConstraint(
            model_name='freedtime',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='freed_time_ends_after_start'),
        ),
        migrations.AddIndex(
            model_name='absence',
            index=models.Index(fields=['schedule', 'ends_at'], name='absence_schedule_ends'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='absence_ends_after_start', violation_error_message='The end must come after the start.'),
        ),
        migrations.AddConstraint(
            model_name='visittype',
            constraint=models.UniqueConstraint(fields=('name', 'clinician'), name='visit_type_once', violation_error_message='There is a visit type of this name already.'),
        ),
        migrations.AddConstraint(
            model_name='visittype',
            constraint=models.UniqueConstraint(condition=models.Q(('clinician', None)), fields=('name',), name='visit_type_common_once', violation_error_message='There is a visit type of this name already.'),
        ),
        migrations.AddConstraint(
            model_name='visittype',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__range', (15, 240))), name='visit_type_minutes_in_range'),
        ),
        migrations.AddConstraint(
            model_name='workinghours',
            constraint=models.UniqueConstraint(fields=('schedule', 'weekday', 'starts'), name='working_hours_once'),
        ),
        migrations.AddConstraint(
            model_name='workinghours',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__range', (0, 6))), name='working_hours_weekday_known'),
        ),
        migrations.AddConstraint(
            model_name='workinghours',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='working_hours_end_after_start', violation_error_message='The end must come after the start.'),
        ),
    ]
