"""The index of a feed's readings and the check that each look is somebody's, made while the site runs."""

from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("booking", "0023_feeds_on_record"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="accesslog",
            index=models.Index(
                condition=models.Q(("feed__isnull", False)), fields=["feed", "-at"], name="access_feed_at"
            ),
        ),
        AddConstraintNotValid(
            model_name="accesslog",
            constraint=models.CheckConstraint(
                condition=models.Q(("user__isnull", False), ("feed__isnull", False), _connector="OR"),
                name="access_by_person_or_feed",
            ),
        ),
        ValidateConstraint(model_name="accesslog", name="access_by_person_or_feed"),
    ]
