"""Texts that staff begin a letter with. A new table: nothing waits."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('booking', '0021_indexes_of_the_record'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReadyText',
            fields=[
                ('id', models.BigAutoField(db_comment='keep: no personal data', primary_key=True, serialize=False)),
                ('title', models.CharField(db_comment='keep: no personal data', help_text='Only staff see it.', max_length=60, unique=True, verbose_name='title')),
                ('verb', models.CharField(blank=True, choices=[('ask_patient', 'Ask patient'), ('answer', 'Write to patient')], db_comment='keep: no personal data', help_text='Blank: wherever staff write to a patient.', max_length=20, verbose_name='for')),
                ('english', models.CharField(blank=True, db_comment='keep: no personal data', help_text='Name no patient.', max_length=2000, verbose_name='English')),
                ('spanish', models.CharField(blank=True, db_comment='keep: no personal data', help_text='Blank: not offered for patients who read Spanish.', max_length=2000, verbose_name='Spanish')),
                ('active', models.BooleanField(db_comment='keep: no personal data', default=True, verbose_name='can be used')),
            ],
            options={
                'verbose_name': 'ready text',
                'ordering': ['title'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('english', ''), _negated=True), models.Q(('spanish', ''), _negated=True), _connector='OR'), name='ready_text_says_something', violation_error_message='Write the text in English, in Spanish, or both.')],
            },
        ),
    ]
