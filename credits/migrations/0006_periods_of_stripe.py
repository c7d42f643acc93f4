from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("credits", "0005_debts")]
    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text())]
