from django.db import migrations


class Migration(migrations.Migration):
    """A day's finished jobs, without reading the others: a few pages of index, and no change of a job is dearer."""

    atomic = False
    dependencies = [("metrics", "0003_known_history"), ("jobs", "0006_jobs_by_key")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX CONCURRENTLY job_ended ON jobs_job USING brin (finished_at) "
            "WITH (pages_per_range = 32, autosummarize = on)",
            "DROP INDEX CONCURRENTLY job_ended",
        )
    ]
