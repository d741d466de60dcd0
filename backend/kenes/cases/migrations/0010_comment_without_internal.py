"""The audience of a comment says it all."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_comment_audiences"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="comment",
            name="internal",
        ),
    ]
