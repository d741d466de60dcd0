from django.db import migrations


class Migration(migrations.Migration):
    """Names stood here in the clear for the former search; `rebuild_search` writes sealed words instead."""

    dependencies = [
        ("cases", "0019_told_iin"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="case",
            name="case_search_trgm",
        ),
        migrations.RemoveField(
            model_name="case",
            name="search_text",
        ),
        migrations.RemoveField(
            model_name="caseshare",
            name="search_text",
        ),
    ]
