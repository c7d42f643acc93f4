from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import ChoiceField, ModelForm
from django.http import HttpRequest, HttpResponse

from agents import catalogue, interests
from agents.models import AgentInterest, AgentSwitch
from agents.registry import AGENTS, Agent, name_of


class AgentSwitchForm(ModelForm[AgentSwitch]):
    agent_id = ChoiceField(choices=[(agent.id, agent.name) for agent in AGENTS.values()], label="agent")

    class Meta:
        model = AgentSwitch
        fields = ("agent_id", "off", "reason")


@dataclass(frozen=True, slots=True)
class AgentLine:
    """`waiting` is how many people asked to be told when it is live."""

    agent: Agent
    state: str
    waiting: int


def agent_lines() -> list[AgentLine]:
    """All agents, those that most people wait for first."""
    off, waiting = catalogue.switched_off(), interests.waiting_by_agent()
    lines = [AgentLine(agent, state_of(agent, off), waiting.get(agent.id, 0)) for agent in AGENTS.values()]
    return sorted(lines, key=lambda line: -line.waiting)


def state_of(agent: Agent, off: set[str]) -> str:
    if not catalogue.runnable(agent, set()):
        return "Coming soon"
    return "Off" if agent.id in off else "Live"


class AgentFilter(admin.SimpleListFilter):
    """By name, of rows that have an `agent_id`."""

    title, parameter_name = "agent", "agent_id"

    def lookups(self, request: HttpRequest, page: Any) -> list[tuple[str, str]]:
        return [(agent.id, agent.name) for agent in AGENTS.values()]

    def queryset(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(agent_id=self.value()) if self.value() else rows


@admin.register(AgentSwitch)
class AgentSwitchAdmin(admin.ModelAdmin[AgentSwitch]):
    """Agents on or off. What is off answers AGENT_COMING_SOON at once; running jobs go on."""

    form = AgentSwitchForm
    list_display = ("agent_id", "off", "reason", "changed_at")
    change_list_template = "admin/agents/switches.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return ("agent_id",) if obj else ()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        shown = {"title": "Agents and their switches", "agent_lines": agent_lines()}
        return super().changelist_view(request, {**(extra_context or {}), **shown})


@admin.register(AgentInterest)
class AgentInterestAdmin(admin.ModelAdmin[AgentInterest]):
    """Who asked to be told when an agent is live. People ask and withdraw by themselves."""

    list_display = ("agent_name", "user", "created_at")
    list_filter = (AgentFilter,)
    list_select_related = ("user",)
    search_fields = ("user__email",)
    date_hierarchy = "created_at"
    show_facets = admin.ShowFacets.ALWAYS

    @admin.display(description="agent", ordering="agent_id")
    def agent_name(self, row: AgentInterest) -> str:
        return name_of(row.agent_id)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
