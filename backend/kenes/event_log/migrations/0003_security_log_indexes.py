"""The security log reads events of everybody, or of one actor, newest first. Built while events go on being written."""

import django.db.models.fields.json
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("event_log", "0002_append_only")]
    operations = [
        AddIndexConcurrently(
            model_name="eventrow", index=models.Index(fields=["-at", "id"], name="event_at")
        ),
        AddIndexConcurrently(
            model_name="eventrow",
            index=models.Index(
                django.db.models.fields.json.KeyTransform("user_id", "actor"),
                models.F("at"),
                name="event_actor_at",
            ),
        ),
    ]
