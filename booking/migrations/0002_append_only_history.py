"""Events and the access log can be added to, never changed, removed or truncated."""

from __future__ import annotations

from django.db import migrations

TABLES = ("booking_event", "booking_accesslog")

REFUSE = """
CREATE FUNCTION booking_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END;
$$;
"""
GUARD = """
CREATE TRIGGER append_only_rows BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION booking_refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION booking_refuse_change();
"""
UNGUARD = """
DROP TRIGGER append_only_rows ON {table};
DROP TRIGGER append_only_table ON {table};
"""


class Migration(migrations.Migration):
    dependencies = [("booking", "0001_requests")]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION booking_refuse_change();"),
        *[migrations.RunSQL(GUARD.format(table=table), UNGUARD.format(table=table)) for table in TABLES],
    ]
