from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_users"),
        ("billing", "0001_subscriptions"),
        ("credits", "0004_guards"),
    ]
    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text())]
