from pathlib import Path

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jobs", "0005_steps_and_voices")]
    operations = [
        migrations.AddField(model_name="job", name="api_key_id", field=models.UUIDField(null=True)),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                condition=models.Q(("api_key_id", None), _negated=True),
                fields=["api_key_id", "created_at"],
                name="job_of_key",
            ),
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text()),
    ]
