"""Upkeep may store the bytes of a signed letter anew: under a newer key, or emptied when its time of keeping is over.

Only a transaction that names its purpose (SET LOCAL kenes.upkeep) may; what the signature binds, the hash of the PDF,
stays out of its reach.
"""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION documents_signed_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status NOT IN ('signed', 'sealed', 'sent') THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a signed document cannot be deleted';
    END IF;
    IF (NEW.case_id, NEW.track_id, NEW.obligation_id, NEW.code, NEW.language, NEW.number, NEW."group",
        NEW.template_id, NEW.sha256, NEW.docx_file_id, NEW.pdf_file_id)
       IS DISTINCT FROM
       (OLD.case_id, OLD.track_id, OLD.obligation_id, OLD.code, OLD.language, OLD.number, OLD."group",
        OLD.template_id, OLD.sha256, OLD.docx_file_id, OLD.pdf_file_id)
       OR (coalesce(current_setting('kenes.upkeep', true), '') NOT IN ('rotation', 'retention')
           AND (NEW.content, NEW.text) IS DISTINCT FROM (OLD.content, OLD.text))
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
"""
BACKWARD = """
CREATE OR REPLACE FUNCTION documents_signed_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_dispatch_waits_for_consent")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
