"""A signed document never changes in any column, and neither do the rows of its files.

Moving bytes under a newer key stays possible (`storage_key`): whoever reads them checks the hash of the plain bytes. Content goes
only when its time of keeping is over (SET LOCAL kenes.upkeep = 'retention').
"""

from django.db import migrations

DOCUMENT = """
CREATE OR REPLACE FUNCTION documents_signed_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    upkeep text := coalesce(current_setting('kenes.upkeep', true), '');
BEGIN
    IF OLD.status NOT IN ('signed', 'sealed', 'sent') THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a signed document cannot be deleted';
    END IF;
    IF (NEW.id, NEW.case_id, NEW.track_id, NEW.obligation_id, NEW.code, NEW.language, NEW.number, NEW."group",
        NEW.template_id, NEW.sha256, NEW.sizes, NEW.docx_file_id, NEW.pdf_file_id, NEW.translation_of_id, NEW.replaces_id,
        NEW.failure, NEW.created_at, NEW.ready_at)
       IS DISTINCT FROM
       (OLD.id, OLD.case_id, OLD.track_id, OLD.obligation_id, OLD.code, OLD.language, OLD.number, OLD."group",
        OLD.template_id, OLD.sha256, OLD.sizes, OLD.docx_file_id, OLD.pdf_file_id, OLD.translation_of_id, OLD.replaces_id,
        OLD.failure, OLD.created_at, OLD.ready_at)
       OR (upkeep NOT IN ('rotation', 'retention')
           AND (NEW.content, NEW.text, NEW.reason, NEW.void_reason, NEW.data_hash)
               IS DISTINCT FROM (OLD.content, OLD.text, OLD.reason, OLD.void_reason, OLD.data_hash))
       OR (OLD.signed_at IS NOT NULL AND NEW.signed_at IS DISTINCT FROM OLD.signed_at)
       OR (OLD.sealed_at IS NOT NULL AND NEW.sealed_at IS DISTINCT FROM OLD.sealed_at)
       OR (OLD.sealed_file_id IS NOT NULL AND NEW.sealed_file_id IS DISTINCT FROM OLD.sealed_file_id)
       OR (OLD.archival_file_id IS NOT NULL AND NEW.archival_file_id IS DISTINCT FROM OLD.archival_file_id)
       OR (OLD.status = 'signed' AND NEW.status NOT IN ('signed', 'sealed'))
       OR (OLD.status = 'sealed' AND NEW.status NOT IN ('sealed', 'sent'))
       OR (OLD.status = 'sent' AND NEW.status <> 'sent') THEN
        RAISE EXCEPTION 'a signed document cannot be changed';
    END IF;
    RETURN NEW;
END $$;
"""
FILES = """
CREATE FUNCTION documents_signed_files_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    same boolean := TG_OP = 'UPDATE' AND
        (NEW.id, NEW.sha256, NEW.size, NEW.mime, NEW.origin, NEW.owner_kind, NEW.owner_id, NEW.created_at)
        IS NOT DISTINCT FROM
        (OLD.id, OLD.sha256, OLD.size, OLD.mime, OLD.origin, OLD.owner_kind, OLD.owner_id, OLD.created_at);
BEGIN
    IF same AND NEW.content_removed_at IS NOT DISTINCT FROM OLD.content_removed_at THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT 1 FROM documents_document WHERE status IN ('signed', 'sealed', 'sent')
            AND (pdf_file_id = OLD.id OR docx_file_id = OLD.id OR sealed_file_id = OLD.id)
    ) AND NOT (same AND coalesce(current_setting('kenes.upkeep', true), '') = 'retention') THEN
        RAISE EXCEPTION 'a file of a signed document cannot be changed';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_signed_files_kept
    BEFORE UPDATE OR DELETE ON files_storedfile
    FOR EACH ROW EXECUTE FUNCTION documents_signed_files_kept();
"""
BACKWARD = """
DROP TRIGGER documents_signed_files_kept ON files_storedfile;
DROP FUNCTION documents_signed_files_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0008_versions_packages_batches")]
    # The earlier form of the first function differs only in the columns it forgets: going back leaves the stricter one.
    operations = [migrations.RunSQL(DOCUMENT, migrations.RunSQL.noop), migrations.RunSQL(FILES, BACKWARD)]
