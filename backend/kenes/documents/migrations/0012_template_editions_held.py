"""What holds of editions for ever, held by the database: a second person, one in force, nothing rewritten."""

from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION documents_template_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a template that was in force cannot be deleted';
    END IF;
    IF (NEW.code, NEW.language, NEW.version, NEW.sha256, NEW.docx, NEW.origin, NEW.author_id, NEW.decided_by_id,
        NEW.based_on_id, NEW.note, NEW.decision_note, NEW.remarks, NEW.checks, NEW.effective_from, NEW.created_at,
        NEW.submitted_at, NEW.decided_at)
       IS DISTINCT FROM
       (OLD.code, OLD.language, OLD.version, OLD.sha256, OLD.docx, OLD.origin, OLD.author_id, OLD.decided_by_id,
        OLD.based_on_id, OLD.note, OLD.decision_note, OLD.remarks, OLD.checks, OLD.effective_from, OLD.created_at,
        OLD.submitted_at, OLD.decided_at)
       OR (OLD.state = 'approved' AND NEW.state NOT IN ('approved', 'in_force', 'withdrawn'))
       OR (OLD.state = 'in_force' AND NEW.state NOT IN ('in_force', 'ended'))
       OR (OLD.state = 'ended' AND (NEW.state <> 'ended' OR NEW.effective_to IS DISTINCT FROM OLD.effective_to))
       OR (OLD.in_force_at IS NOT NULL AND NEW.in_force_at IS DISTINCT FROM OLD.in_force_at) THEN
        RAISE EXCEPTION 'a template that was approved cannot be changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_template_kept
    BEFORE UPDATE ON documents_templateversion
    FOR EACH ROW WHEN (OLD.state IN ('approved', 'in_force', 'ended'))
    EXECUTE FUNCTION documents_template_kept();
CREATE TRIGGER documents_template_stays
    BEFORE DELETE ON documents_templateversion
    FOR EACH ROW WHEN (OLD.state IN ('approved', 'in_force', 'ended'))
    EXECUTE FUNCTION documents_template_kept();
"""
BACKWARD = """
DROP TRIGGER documents_template_stays ON documents_templateversion;
DROP TRIGGER documents_template_kept ON documents_templateversion;
DROP FUNCTION documents_template_kept();
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("documents", "0011_template_editions_of_rows"),
    ]
    operations = [
        migrations.AddIndex(
            model_name="templateversion",
            index=models.Index(fields=["state", "effective_from"], name="template_due"),
        ),
        migrations.AddConstraint(
            model_name="templateversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "in_force")),
                fields=("code", "language"),
                name="template_one_open_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="templateversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "approved")),
                fields=("code", "language"),
                name="template_one_scheduled_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="templateversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["draft", "proposed", "approved", "in_force", "ended", "rejected", "withdrawn"],
                    )
                ),
                name="template_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="templateversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("author__isnull", True), ("origin", "product")),
                    models.Q(("author__isnull", False), ("origin", "people")),
                    _connector="OR",
                ),
                name="template_author_of_origin",
            ),
        ),
        migrations.AddConstraint(
            model_name="templateversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "ended", "in_force"]), _negated=True),
                    ("origin", "product"),
                    models.Q(
                        ("decided_by__isnull", False),
                        models.Q(("decided_by", models.F("author")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="template_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="templateversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "ended", "in_force"]), _negated=True),
                    ("effective_from__isnull", False),
                    _connector="OR",
                ),
                name="template_usable_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="templateversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("effective_to__isnull", False), ("state", "ended")),
                    models.Q(models.Q(("state", "ended"), _negated=True), ("effective_to__isnull", True)),
                    _connector="OR",
                ),
                name="template_ended_has_day",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
