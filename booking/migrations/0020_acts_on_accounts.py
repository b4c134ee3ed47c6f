"""More acts on accounts: changed names and addresses, sign-ins. Their words alone: no table is touched."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('booking', '0019_tallies'),
    ]

    operations = [
        migrations.AlterField(
            model_name='accountevent',
            name='act',
            field=models.CharField(choices=[('invited', 'Invited'), ('welcomed', 'Chose a password'), ('roles', 'Roles changed'), ('details', 'Name or email changed'), ('reset', 'Sign-in reset'), ('disabled', 'Switched off'), ('enabled', 'Switched on'), ('signed-in', 'Signed in'), ('refused', 'Sign-in refused')], db_comment='keep: no personal data', max_length=10),
        ),
    ]
