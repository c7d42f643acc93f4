from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("metrics", "0002_recorded")]
    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(), migrations.RunSQL.noop)]
