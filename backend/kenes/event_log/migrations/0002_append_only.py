"""The database itself refuses to change or remove events."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION event_log_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the event log is append-only';
END $$;
CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON event_log_eventrow
    FOR EACH ROW EXECUTE FUNCTION event_log_refuse();
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON event_log_eventrow
    FOR EACH STATEMENT EXECUTE FUNCTION event_log_refuse();
"""
BACKWARD = """
DROP TRIGGER event_no_truncate ON event_log_eventrow;
DROP TRIGGER event_no_change ON event_log_eventrow;
DROP FUNCTION event_log_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("event_log", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
