"""Editions that have an end were replaced; the others are in force. All of them came with the product."""

from django.db import migrations
from django.db.models import F


def forward(apps, schema_editor):
    versions = apps.get_model("documents", "TemplateVersion").objects
    versions.filter(effective_to__isnull=False).update(state="ended")
    versions.filter(in_force_at__isnull=True).update(in_force_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("documents", "0010_template_editions")]
    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
