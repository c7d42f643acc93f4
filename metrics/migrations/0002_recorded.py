from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("metrics", "0001_history_and_sums"),
        ("billing", "0002_new_users"),
        ("credits", "0006_periods_of_stripe"),
    ]
    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text())]
