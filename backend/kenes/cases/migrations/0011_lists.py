"""Lists to work in: what was seen, saved views, long work with a report per row; order by sum, change and number."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import kenes.foundation.fields
import kenes.foundation.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_comment_without_internal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseSeen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="JobRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("position", models.PositiveIntegerField()),
                ("key", models.CharField(blank=True, default="", max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waits"),
                            ("changed", "Done"),
                            ("skipped", "Left as it was"),
                            ("failed", "Not possible"),
                        ],
                        default="pending",
                        max_length=8,
                    ),
                ),
                ("code", models.CharField(blank=True, default="", max_length=60)),
                ("detail", kenes.foundation.fields.EncryptedTextField(default="")),
            ],
        ),
        migrations.CreateModel(
            name="ListJob",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("bulk", "Change of many cases"),
                            ("export", "Export"),
                            ("import", "Import"),
                        ],
                        max_length=8,
                    ),
                ),
                ("action", models.CharField(blank=True, default="", max_length=24)),
                ("language", models.CharField(default="ru", max_length=2)),
                ("params", kenes.foundation.fields.EncryptedJSONField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("preview", "Looked at"),
                            ("queued", "Waits"),
                            ("running", "Runs"),
                            ("done", "Done"),
                            ("stopped", "Stopped"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=8,
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("skipped", models.PositiveIntegerField(default=0)),
                ("failed", models.PositiveIntegerField(default=0)),
                ("step", models.PositiveIntegerField(default=0)),
                ("file_id", models.UUIDField(null=True)),
                ("source_hash", models.CharField(blank=True, default="", max_length=64)),
                ("problem", models.CharField(blank=True, default="", max_length=60)),
                ("created_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ListPreference",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("columns", models.JSONField(default=list)),
                ("order", models.JSONField(default=list)),
                ("default_view", models.CharField(blank=True, default="", max_length=36)),
                (
                    "layout",
                    models.CharField(
                        choices=[
                            ("list", "List"),
                            ("board_status", "Board by status"),
                            ("board_term", "Board by term"),
                        ],
                        default="list",
                        max_length=14,
                    ),
                ),
                ("updated_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="SavedView",
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
                    "scope",
                    models.CharField(
                        choices=[("own", "Only me"), ("team", "My role"), ("shared", "Everybody")],
                        default="own",
                        max_length=8,
                    ),
                ),
                ("role", models.CharField(blank=True, default="", max_length=24)),
                ("name", models.CharField(max_length=60)),
                ("filters", models.JSONField(default=dict)),
                ("columns", models.JSONField(default=list)),
                (
                    "layout",
                    models.CharField(
                        choices=[
                            ("list", "List"),
                            ("board_status", "Board by status"),
                            ("board_term", "Board by term"),
                        ],
                        default="list",
                        max_length=14,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="case",
            name="activity_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="activity_by_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name="track",
            index=models.Index(fields=["kind", "state", "case"], name="track_kind_state_case"),
        ),
        migrations.AddField(
            model_name="caseseen",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="caseseen",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="jobrow",
            name="case",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="listjob",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="jobrow",
            name="job",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="cases.listjob"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["assignee", "next_due", "id"], name="case_assignee_due"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["assignee", "urgency", "next_due", "id"], name="case_assignee_urgency"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["-updated_at", "id"], name="case_updated"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["-total_tiyn", "id"], name="case_total"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.OrderBy(
                    django.db.models.functions.comparison.Coalesce("number", models.Value("")),
                    descending=True,
                ),
                models.F("id"),
                name="case_number_order",
            ),
        ),
        migrations.AddField(
            model_name="savedview",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="caseseen",
            constraint=models.UniqueConstraint(fields=("user", "case"), name="seen_once"),
        ),
        migrations.AddIndex(
            model_name="listjob",
            index=models.Index(fields=["owner", "-created_at", "id"], name="job_of_owner"),
        ),
        migrations.AddConstraint(
            model_name="listjob",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["bulk", "export", "import"])), name="job_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="listjob",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["preview", "queued", "running", "done", "stopped", "failed"])
                ),
                name="job_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="listjob",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "import"), ("state__in", ["queued", "running", "done"])),
                fields=("source_hash",),
                name="job_file_once",
            ),
        ),
        migrations.AddIndex(
            model_name="jobrow",
            index=models.Index(fields=["job", "state", "position"], name="job_row_state"),
        ),
        migrations.AddIndex(
            model_name="jobrow",
            index=models.Index(
                condition=models.Q(("key", ""), _negated=True), fields=["key"], name="job_row_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="jobrow",
            constraint=models.UniqueConstraint(fields=("job", "position"), name="job_row_position"),
        ),
        migrations.AddConstraint(
            model_name="jobrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["pending", "changed", "skipped", "failed"])),
                name="job_row_state_known",
            ),
        ),
        migrations.AddIndex(
            model_name="savedview",
            index=models.Index(fields=["scope", "role"], name="view_scope"),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(fields=("owner", "name"), name="view_name_once"),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope__in", ["own", "team", "shared"])), name="view_scope_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(("layout__in", ["list", "board_status", "board_term"])),
                name="view_layout_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope", "team"), ("role", ""), _connector="XOR"),
                name="view_team_has_role",
            ),
        ),
    ]
