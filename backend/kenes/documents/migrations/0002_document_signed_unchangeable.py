"""A signed letter never changes: the signature binds exactly this content."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION documents_signed_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status NOT IN ('signed', 'sealed', 'sent') THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a signed document cannot be deleted';
    END IF;
    IF (NEW.case_id, NEW.track_id, NEW.obligation_id, NEW.code, NEW.language, NEW.number, NEW."group",
        NEW.template_id, NEW.sha256, NEW.docx_file_id, NEW.pdf_file_id, NEW.content, NEW.text)
       IS DISTINCT FROM
       (OLD.case_id, OLD.track_id, OLD.obligation_id, OLD.code, OLD.language, OLD.number, OLD."group",
        OLD.template_id, OLD.sha256, OLD.docx_file_id, OLD.pdf_file_id, OLD.content, OLD.text)
       OR NEW.translation_of_id IS DISTINCT FROM OLD.translation_of_id
       OR (OLD.signed_at IS NOT NULL AND NEW.signed_at IS DISTINCT FROM OLD.signed_at)
       OR (OLD.sealed_file_id IS NOT NULL AND NEW.sealed_file_id IS DISTINCT FROM OLD.sealed_file_id)
       OR (OLD.status = 'signed' AND NEW.status NOT IN ('signed', 'sealed'))
       OR (OLD.status = 'sealed' AND NEW.status NOT IN ('sealed', 'sent'))
       OR (OLD.status = 'sent' AND NEW.status <> 'sent') THEN
        RAISE EXCEPTION 'a signed document cannot be changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_signed_frozen
    BEFORE UPDATE OR DELETE ON documents_document
    FOR EACH ROW EXECUTE FUNCTION documents_signed_frozen();
"""
BACKWARD = """
DROP TRIGGER documents_signed_frozen ON documents_document;
DROP FUNCTION documents_signed_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
