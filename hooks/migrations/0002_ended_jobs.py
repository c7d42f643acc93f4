from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("hooks", "0001_endpoints"),
        ("jobs", "0006_jobs_by_key"),
    ]
    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(), "DROP INDEX job_ended_of_user"),
    ]
