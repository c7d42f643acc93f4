from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class AgentSwitch(models.Model):
    """An agent that an operator has switched off. No row: the agent is as the registry says."""

    agent_id = models.CharField(max_length=40, primary_key=True)
    off = models.BooleanField(default=True)
    reason = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name_plural = "agent switches"

    def __str__(self) -> str:
        return f"{self.agent_id}: {'off' if self.off else 'on'}"


class AgentInterest(models.Model):
    """Somebody who asked to be told when an agent is live."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="agent_interests", db_index=False
    )
    agent_id = models.CharField("agent", max_length=40)
    created_at = models.DateTimeField("asked", db_default=Now(), editable=False)

    class Meta:
        verbose_name_plural = "agent interests"
        constraints = [models.UniqueConstraint(fields=["user", "agent_id"], name="one_interest_a_user_and_agent")]
        indexes = [models.Index(fields=["agent_id"], name="interest_in_agent")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.agent_id}"
