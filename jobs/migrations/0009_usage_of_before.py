from typing import Any

from django.db import migrations

BATCH = 500
NEXT = "SELECT array_agg(id) FROM (SELECT id FROM accounts_user WHERE id > %s ORDER BY id LIMIT %s) AS batch"
NOBODY = "00000000-0000-0000-0000-000000000000"


def recount(apps: Any, schema_editor: Any) -> None:
    """Jobs of before the triggers, so many people at a time; safe to repeat, beside everybody's work."""
    last = NOBODY
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute(NEXT, [last, BATCH])
            (users,) = cursor.fetchone()
            if not users:
                return
            cursor.execute("SELECT recount_usage(%s::uuid[])", [users])
            last = users[-1]


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("jobs", "0008_usage_by_day"), ("accounts", "0001_users")]
    operations = [migrations.RunPython(recount, migrations.RunPython.noop)]
