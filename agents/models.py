from django.db import models
from django.db.models.functions import Now


class AgentSwitch(models.Model):
    """An agent that an operator has switched off. No row: the agent is as the registry says."""

    agent_id = models.CharField(max_length=40, primary_key=True)
    off = models.BooleanField(default=True)
    reason = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return f"{self.agent_id}: {'off' if self.off else 'on'}"
