import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0003_terms_at_the_lock"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="base_cost",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="job",
            name="depends_on",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(),
                db_default=models.Value(
                    [], output_field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)
                ),
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="job",
            name="draft",
            field=models.TextField(db_default=""),
        ),
        migrations.AddField(
            model_name="job",
            name="position",
            field=models.SmallIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="job",
            name="provider_cost",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="job",
            name="reason",
            field=models.CharField(db_default="", max_length=300),
        ),
        migrations.AddField(
            model_name="job",
            name="run_again",
            field=models.BooleanField(db_default=False),
        ),
        migrations.AddField(
            model_name="job",
            name="waiting",
            field=models.BooleanField(db_default=False),
        ),
        migrations.AddField(
            model_name="voice",
            name="job_id",
            field=models.UUIDField(null=True, unique=True),
        ),
    ]
