"""What a person fills in for the operators: a new ticket, a reply, a press of a button."""

import hashlib
import json
import secrets
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avatarg.errors import InvalidInput
from dashboard import words
from jobs import selectors
from jobs.models import Job
from support import tickets
from support.models import Ticket

RECENT = 12


class LinesField(forms.CharField):
    """Browsers count the end of a line as one sign and send two."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class PressForm(forms.Form):
    """`submit_key` is new with each form that is shown."""

    submit_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"submit_key": secrets.token_urlsafe(18), **(initial or {})}, auto_id="id_%s")

    def key(self) -> str:
        """One key for one sending: the same form with other words is another."""
        told = json.dumps(self.cleaned_data, sort_keys=True, default=str)
        return hashlib.sha256(told.encode()).hexdigest()

    def show_errors(self, refusal: InvalidInput) -> None:
        for name, sentences in refusal.metadata["fields"].items():
            self.add_error(name, sentences)


class ReplyForm(PressForm):
    text = LinesField(
        max_length=tickets.TEXT_LETTERS, label=gettext_lazy("Message"),
        widget=forms.Textarea(attrs={"class": "input", "rows": 6}),
    )  # fmt: skip


class TicketForm(ReplyForm):
    topic = forms.ChoiceField(
        choices=Ticket.Topic.choices, label=gettext_lazy("What is it about?"), widget=forms.RadioSelect()
    )
    job = forms.UUIDField(
        required=False, label=gettext_lazy("Which job?"), widget=forms.Select(attrs={"class": "input"})
    )
    subject = forms.CharField(
        max_length=tickets.SUBJECT_LETTERS, label=gettext_lazy("Subject"),
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )  # fmt: skip
    field_order = ("topic", "job", "subject", "text", "submit_key")

    def __init__(self, user_id: UUID, data: Any, initial: dict[str, Any]) -> None:
        super().__init__(data, initial)
        cast(forms.Select, self.fields["job"].widget).choices = job_choices(user_id, initial.get("job"))

    def facts(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {"topic": told["topic"], "subject": told["subject"], "text": told["text"], "job_id": told["job"]}


def job_choices(user_id: UUID, chosen: UUID | None) -> list[tuple[str, str]]:
    """The latest jobs, `chosen` among them. Raises NotFound for one that is not theirs."""
    latest = list(selectors.jobs_of(user_id)[:RECENT])
    if chosen and chosen not in {one.pk for one in latest}:
        latest.insert(0, selectors.job_of(user_id, chosen))
    return [("", _("None of them")), *((str(one.pk), job_words(one)) for one in latest)]


def job_words(job: Job) -> str:
    return f"{words.title_of(job)[:60]}, {words.dated(job.created_at, 'brief')}"
