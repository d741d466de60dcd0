import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kenes.foundation.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0017_recorded_consents_and_missing_papers"),
        ("documents", "0004_signed_bytes_under_new_keys"),
        ("files", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseExport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kenes.foundation.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(choices=[("pdf", "Pdf"), ("zip", "Zip")], max_length=3)),
                (
                    "language",
                    models.CharField(
                        choices=[("ru", "Русский"), ("kk", "Қазақша"), ("en", "English")], max_length=2
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                            ("expired", "Expired"),
                        ],
                        default="queued",
                        max_length=8,
                    ),
                ),
                ("progress_percent", models.PositiveSmallIntegerField(default=0)),
                ("failure", models.CharField(blank=True, default="", max_length=60)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["requested_by", "case", "-created_at"], name="case_export_of_reader")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["pdf", "zip"])), name="case_export_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["queued", "running", "ready", "failed", "expired"])
                        ),
                        name="case_export_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "ready"), _negated=True),
                            models.Q(("expires_at__isnull", False), ("file__isnull", False)),
                            _connector="OR",
                        ),
                        name="case_export_ready_has_file",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["queued", "running"])),
                        fields=("case", "requested_by", "kind", "language"),
                        name="case_export_one_in_work",
                    ),
                ],
            },
        ),
    ]
