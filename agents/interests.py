"""Who asked to be told when an agent is live: once per user and agent, however often they ask."""

from uuid import UUID

from django.db.models import Count

from agents.models import AgentInterest


def record_interest(*, user_id: UUID, agent_id: str) -> None:
    AgentInterest.objects.bulk_create([AgentInterest(user_id=user_id, agent_id=agent_id)], ignore_conflicts=True)


def withdraw_interest(*, user_id: UUID, agent_id: str) -> None:
    AgentInterest.objects.filter(user_id=user_id, agent_id=agent_id).delete()


def interests_of(user_id: UUID) -> set[str]:
    """The ids of the agents that a user waits for."""
    return set(AgentInterest.objects.filter(user_id=user_id).values_list("agent_id", flat=True))


def waiting_by_agent() -> dict[str, int]:
    """How many people wait for each agent; those who have left are not counted."""
    asked = AgentInterest.objects.filter(user__is_active=True).values_list("agent_id")
    return dict(asked.annotate(people=Count("pk")).order_by())
