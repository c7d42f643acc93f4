from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("jobs", "0004_plans")]
    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text())]
