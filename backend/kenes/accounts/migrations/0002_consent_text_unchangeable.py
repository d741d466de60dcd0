"""A published consent text never changes: people accepted exactly these words."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION accounts_consent_text_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published consent text cannot be changed or deleted';
END $$;
CREATE TRIGGER accounts_consent_text_frozen
    BEFORE DELETE OR UPDATE OF kind, version, language, title, body, sha256 ON accounts_consenttext
    FOR EACH ROW EXECUTE FUNCTION accounts_consent_text_frozen();
"""
BACKWARD = """
DROP TRIGGER accounts_consent_text_frozen ON accounts_consenttext;
DROP FUNCTION accounts_consent_text_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
