-- How hooks/recording.py finds what ended since it looked, without reading all jobs of a person.
CREATE INDEX job_ended_of_user ON jobs_job (user_id, finished_at) WHERE parent_id IS NULL AND finished_at IS NOT NULL;
