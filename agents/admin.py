from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.forms import ChoiceField, ModelForm
from django.http import HttpRequest

from agents.models import AgentSwitch
from agents.registry import AGENTS


class AgentSwitchForm(ModelForm[AgentSwitch]):
    agent_id = ChoiceField(choices=[(agent.id, agent.name) for agent in AGENTS.values()], label="agent")

    class Meta:
        model = AgentSwitch
        fields = ("agent_id", "off", "reason")


@admin.register(AgentSwitch)
class AgentSwitchAdmin(admin.ModelAdmin[AgentSwitch]):
    """Agents on or off. What is off answers AGENT_COMING_SOON at once; running jobs go on."""

    form = AgentSwitchForm
    list_display = ("agent_id", "off", "reason", "changed_at")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return ("agent_id",) if obj else ()
