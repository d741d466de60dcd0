"""Notes that were internal are for staff from now on."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_collaboration")]
    operations = [
        migrations.RunSQL(
            "UPDATE cases_comment SET audience = 'internal' WHERE internal",
            "UPDATE cases_comment SET internal = (audience = 'internal')",
        )
    ]
