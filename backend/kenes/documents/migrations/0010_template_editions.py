"""Editions of templates with states, authors and a second person; test renders of them."""

import django.db.models.deletion
import kenes.foundation.identifiers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0024_documents_for_many_cases"),
        ("documents", "0009_signed_files_kept"),
        ("files", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TemplateTrial",
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
                (
                    "sample",
                    models.CharField(
                        choices=[("whole", "Whole"), ("required", "Required"), ("case", "Case")], max_length=8
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=8,
                    ),
                ),
                ("failure", models.JSONField(default=dict)),
                ("sizes", models.JSONField(default=list)),
                ("created_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="templateversion",
            name="template_one_open_version",
        ),
        migrations.AddField(
            model_name="templateversion",
            name="author",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="templateversion",
            name="based_on",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.templateversion",
            ),
        ),
        migrations.AddField(
            model_name="templateversion",
            name="checks",
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AddField(
            model_name="templateversion",
            name="decided_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="templateversion",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="templateversion",
            name="decision_note",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="templateversion",
            name="file_name",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="templateversion",
            name="in_force_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="templateversion",
            name="note",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="templateversion",
            name="origin",
            field=models.CharField(
                choices=[("product", "Kenes Hub"), ("people", "an editor")],
                db_default="product",
                default="product",
                max_length=7,
            ),
        ),
        migrations.AddField(
            model_name="templateversion",
            name="problems",
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddField(
            model_name="templateversion",
            name="remarks",
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddField(
            model_name="templateversion",
            name="revision",
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="templateversion",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("proposed", "waits for approval"),
                    ("approved", "approved, waits for its day"),
                    ("in_force", "in force"),
                    ("ended", "replaced"),
                    ("rejected", "sent back"),
                    ("withdrawn", "taken back"),
                ],
                db_default="in_force",
                default="in_force",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="templateversion",
            name="submitted_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="templateversion",
            name="updated_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="templateversion",
            name="effective_from",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="templatetrial",
            name="case",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="templatetrial",
            name="docx_file",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="templatetrial",
            name="pdf_file",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="templatetrial",
            name="requested_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="templatetrial",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="documents.templateversion"
            ),
        ),
        migrations.AddIndex(
            model_name="templatetrial",
            index=models.Index(
                fields=["version", "requested_by", "-created_at"], name="template_trial_of_reader"
            ),
        ),
        migrations.AddConstraint(
            model_name="templatetrial",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["queued", "running", "ready", "failed"])),
                name="template_trial_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="templatetrial",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("case__isnull", False), ("sample", "case")),
                    models.Q(("sample__in", ["whole", "required"]), ("case__isnull", True)),
                    _connector="OR",
                ),
                name="template_trial_case_when_said",
            ),
        ),
        migrations.AddConstraint(
            model_name="templatetrial",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "ready"), _negated=True),
                    models.Q(("docx_file__isnull", False), ("pdf_file__isnull", False)),
                    _connector="OR",
                ),
                name="template_trial_ready_has_files",
            ),
        ),
    ]
