from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0001_jobs"),
        ("billing", "0002_new_users"),
        ("credits", "0004_guards"),
    ]
    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text())]
