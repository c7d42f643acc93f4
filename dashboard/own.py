"""What a person has that a studio can use: their latest files, conversations and voices, as fields to choose from."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agents.registry import CHAT
from dashboard import words
from jobs import selectors
from jobs.models import Artifact, Job, Upload

RECENT = 12


class OwnMedia:
    """Files of one person. The latest of a kind are read once, however many places of a form offer them."""

    def __init__(self, user_id: UUID) -> None:
        self.user_id = user_id
        self.latest: dict[tuple[str, ...], tuple[list[Artifact], list[Upload]]] = {}

    def choices(self, kinds: tuple[str, ...], chosen: str = "") -> list[tuple[str, str]]:
        """The latest fitting artifacts and uploads; `chosen` is among them when it is theirs."""
        if kinds not in self.latest:
            sent = selectors.uploads_of(self.user_id).filter(kind__in=kinds)[:RECENT]
            self.latest[kinds] = list(self.made(kinds)[:RECENT]), list(sent)
        made, uploads = self.latest[kinds]
        job_id = job_in(chosen)
        if job_id and chosen not in map(token_of, made):
            made = made + [one for one in self.made(kinds).filter(job_id=job_id) if token_of(one) == chosen]
        return [(token_of(one), media_words(one)) for one in made] + [
            (f"upload:{one.pk}", _("Sent %(when)s") % {"when": words.dated(one.created_at, "brief")}) for one in uploads
        ]

    def made(self, kinds: tuple[str, ...]) -> QuerySet[Artifact]:
        completed = Artifact.objects.filter(job__user_id=self.user_id, job__status=Job.Status.COMPLETED)
        fitting = completed.filter(kind__in=kinds, deleted_at=None)
        return fitting.select_related("job").order_by("-job__created_at", "-job_id", "id")


def earlier_for(user_id: UUID, chosen: str, facts: dict[str, Any]) -> forms.Field:
    """A choice among the latest answers of the chat; `chosen` is among them when it is theirs."""
    answers = selectors.jobs_of(user_id, agent_id=CHAT.id, status=Job.Status.COMPLETED)
    latest = list(answers[:RECENT])
    job_id = job_in(chosen)
    if job_id and job_id not in {one.pk for one in latest}:
        latest += list(answers.filter(pk=job_id))
    choices = [(str(one.pk), f"{words.title_of(one)[:60]}, {words.dated(one.created_at, 'brief')}") for one in latest]
    widget = forms.Select(attrs={"class": "input"})
    return forms.ChoiceField(choices=[("", _("A new conversation")), *choices], widget=widget, **facts)


def voices_for(user_id: UUID, facts: dict[str, Any]) -> forms.Field:
    """A choice among the saved voices."""
    choices = [(str(one.pk), one.name) for one in selectors.voices_of(user_id)]
    widget = forms.Select(attrs={"class": "input"})
    return forms.ChoiceField(
        choices=[("", _("None") if choices else _("None saved yet")), *choices], widget=widget, **facts
    )


def job_in(token: str) -> UUID | None:
    try:
        return UUID(token.removeprefix("artifact:").partition("/")[0])
    except ValueError:
        return None


def token_of(artifact: Artifact) -> str:
    return f"artifact:{artifact.job_id}/{artifact.name}"


def media_words(artifact: Artifact) -> str:
    return f"{words.title_of(artifact.job)[:60]} · {artifact.name}, {words.dated(artifact.created_at, 'short')}"
