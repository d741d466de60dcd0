"""A signature never changes, and a verification record is sealed once."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION signing_signature_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a signature cannot be changed or deleted';
END $$;
CREATE TRIGGER signing_signature_frozen
    BEFORE DELETE OR UPDATE OF id, request_id, document_id, signer_id, method, document_sha256, signed_at,
        code_id, consent_id ON signing_signature
    FOR EACH ROW EXECUTE FUNCTION signing_signature_frozen();

CREATE FUNCTION signing_record_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a verification record cannot be deleted';
    END IF;
    IF (NEW.token, NEW.document_id, NEW.signature_id, NEW.original_sha256)
       IS DISTINCT FROM (OLD.token, OLD.document_id, OLD.signature_id, OLD.original_sha256)
       OR (OLD.sealed_sha256 IS NOT NULL AND NEW.sealed_sha256 IS DISTINCT FROM OLD.sealed_sha256) THEN
        RAISE EXCEPTION 'a verification record cannot be changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signing_record_frozen
    BEFORE UPDATE OR DELETE ON signing_verificationrecord
    FOR EACH ROW EXECUTE FUNCTION signing_record_frozen();
"""
BACKWARD = """
DROP TRIGGER signing_record_frozen ON signing_verificationrecord;
DROP FUNCTION signing_record_frozen();
DROP TRIGGER signing_signature_frozen ON signing_signature;
DROP FUNCTION signing_signature_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("signing", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
