from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0002_submission"),
        ("agents", "0001_switches"),
    ]
    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text())]
