"""A signature made by ЭЦП or on paper never changes either. Encrypted columns are left out: they come under newer keys."""

from django.db import migrations

_COLUMNS = "id, request_id, document_id, signer_id, method, document_sha256, signed_at, code_id, consent_id"
_NEW = (
    "paper_id, principal_id, power_id, organisation_id, certificate_bin, certificate_organisation, certificate_role, "
    "certificate_algorithm, certificate_serial, certificate_sha256, cms_file_id, time_source"
)


def _trigger(columns: str) -> str:
    return f"""
DROP TRIGGER signing_signature_frozen ON signing_signature;
CREATE TRIGGER signing_signature_frozen
    BEFORE DELETE OR UPDATE OF {columns} ON signing_signature
    FOR EACH ROW EXECUTE FUNCTION signing_signature_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("signing", "0004_rounds_of_requests")]
    operations = [migrations.RunSQL(_trigger(f"{_COLUMNS}, {_NEW}"), _trigger(_COLUMNS))]
