from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("credits", "0003_grants_and_refunds")]
    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text())]
