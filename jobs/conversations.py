"""Conversations: each job of the chat may name the one that it goes on from."""

from uuid import UUID

from agents.registry import CHAT
from jobs.models import Job

MOST_TURNS = 40
THREAD = """
    WITH RECURSIVE thread AS (
      SELECT job.*, 1 AS turn FROM jobs_job AS job
      WHERE job.id = %(job)s AND job.user_id = %(user)s AND job.agent_id = %(agent)s
      UNION ALL
      SELECT earlier.*, turn + 1 FROM thread
      JOIN jobs_job AS earlier ON earlier.id = (thread.input ->> 'conversation')::uuid
        AND earlier.user_id = %(user)s AND earlier.agent_id = %(agent)s
      WHERE turn < %(most)s
    )
    SELECT * FROM thread ORDER BY turn DESC
"""


def conversation_of(user_id: UUID, job_id: UUID) -> list[Job]:
    """The person's own turns that led to this one, oldest first, this one last; empty when it is none of theirs."""
    return list(Job.objects.raw(THREAD, {"job": job_id, "user": user_id, "agent": CHAT.id, "most": MOST_TURNS}))
