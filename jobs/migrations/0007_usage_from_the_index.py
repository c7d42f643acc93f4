from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

# A sum over a period is taken from the index alone where the rows have been seen by a vacuum: so it comes often.
VACUUMED_OFTEN = """
    ALTER TABLE jobs_job SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02)
"""
VACUUMED_AS_USUAL = "ALTER TABLE jobs_job RESET (autovacuum_vacuum_scale_factor, autovacuum_vacuum_insert_scale_factor)"


class Migration(migrations.Migration):
    """The index is built beside the old one, so that nobody who starts a job waits for it."""

    atomic = False
    dependencies = [("jobs", "0006_jobs_by_key")]
    operations = [
        AddIndexConcurrently(
            model_name="job",
            index=models.Index(
                fields=["user", "-created_at", "-id", "agent_id", "status", "parent"],
                include=("cost", "refunded"),
                name="job_of_user_wide",
            ),
        ),
        RemoveIndexConcurrently(model_name="job", name="job_of_user"),
        migrations.RenameIndex(model_name="job", new_name="job_of_user", old_name="job_of_user_wide"),
        migrations.RunSQL(VACUUMED_OFTEN, VACUUMED_AS_USUAL),
    ]
