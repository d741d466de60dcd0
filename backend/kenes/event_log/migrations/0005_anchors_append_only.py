"""The database refuses to change or remove anchors and their time stamps, as it does for events."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER anchor_no_change BEFORE UPDATE OR DELETE ON event_log_dailyanchor
    FOR EACH ROW EXECUTE FUNCTION event_log_refuse();
CREATE TRIGGER anchor_no_truncate BEFORE TRUNCATE ON event_log_dailyanchor
    FOR EACH STATEMENT EXECUTE FUNCTION event_log_refuse();
CREATE TRIGGER anchor_stamp_no_change BEFORE UPDATE OR DELETE ON event_log_anchorstamp
    FOR EACH ROW EXECUTE FUNCTION event_log_refuse();
CREATE TRIGGER anchor_stamp_no_truncate BEFORE TRUNCATE ON event_log_anchorstamp
    FOR EACH STATEMENT EXECUTE FUNCTION event_log_refuse();
"""
BACKWARD = """
DROP TRIGGER anchor_stamp_no_truncate ON event_log_anchorstamp;
DROP TRIGGER anchor_stamp_no_change ON event_log_anchorstamp;
DROP TRIGGER anchor_no_truncate ON event_log_dailyanchor;
DROP TRIGGER anchor_no_change ON event_log_dailyanchor;
"""


class Migration(migrations.Migration):
    dependencies = [("event_log", "0004_anchor_stamps")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
