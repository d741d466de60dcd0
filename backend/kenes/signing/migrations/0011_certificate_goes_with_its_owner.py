"""What a certificate says of its owner (organisation, BIN, serial number) may be emptied when the time of keeping is over.

A sole trader's organisation is his name, its BIN his ИИН. Only emptied, and only by a transaction that names its purpose
(SET LOCAL kenes.upkeep = 'retention'); what was signed, when, how and by which account stays frozen.
"""

from django.db import migrations

_STAYS = (
    "id, request_id, document_id, signer_id, method, document_sha256, signed_at, code_id, consent_id, paper_id, "
    "principal_id, power_id, organisation_id, certificate_algorithm, cms_file_id, time_source"
)
_GOES = ("certificate_bin", "certificate_organisation", "certificate_role", "certificate_serial", "certificate_sha256")

FORWARD = f"""
DROP TRIGGER signing_signature_frozen ON signing_signature;
CREATE TRIGGER signing_signature_frozen
    BEFORE DELETE OR UPDATE OF {_STAYS} ON signing_signature
    FOR EACH ROW EXECUTE FUNCTION signing_signature_frozen();
CREATE FUNCTION signing_certificate_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('kenes.upkeep', true), '') = 'retention'
       AND {" AND ".join(f"NEW.{name} = ''" for name in _GOES)} THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a signature cannot be changed or deleted';
END $$;
CREATE TRIGGER signing_certificate_frozen
    BEFORE UPDATE OF {", ".join(_GOES)} ON signing_signature
    FOR EACH ROW EXECUTE FUNCTION signing_certificate_frozen();
"""
BACKWARD = f"""
DROP TRIGGER signing_certificate_frozen ON signing_signature;
DROP FUNCTION signing_certificate_frozen();
DROP TRIGGER signing_signature_frozen ON signing_signature;
CREATE TRIGGER signing_signature_frozen
    BEFORE DELETE OR UPDATE OF {_STAYS}, {", ".join(_GOES)} ON signing_signature
    FOR EACH ROW EXECUTE FUNCTION signing_signature_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("signing", "0010_kept_lists_and_deliveries")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
