"""The access log also holds readings of calendar feeds, by nobody who signed in. No table is rewritten."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0022_ready_texts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="accesslog",
            name="feed",
            field=models.ForeignKey(
                db_comment="keep: no personal data",
                db_index=False,
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="looks",
                to="booking.calendarfeed",
            ),
        ),
        migrations.AlterField(
            model_name="accesslog",
            name="look",
            field=models.CharField(
                choices=[
                    ("list", "Opened the queue"),
                    ("view", "Opened a request"),
                    ("history", "Opened the history"),
                    ("search", "Searched for a person"),
                    ("calendar", "Opened the calendar"),
                    ("call-form", "Took a call"),
                    ("figures", "Opened the dashboard"),
                    ("audit", "Opened the audit page"),
                    ("export", "Exported"),
                    ("exported", "Was in an export"),
                    ("feed", "Read a calendar feed"),
                    ("feed-made", "Made a calendar feed"),
                    ("feed-ended", "Ended a calendar feed"),
                    ("denied", "Was refused"),
                ],
                db_comment="keep: no personal data",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="accesslog",
            name="user",
            field=models.ForeignKey(
                db_comment="keep: which member of staff acted",
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
