import secrets
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timesince import timesince, timeuntil

from accounts.models import User
from avatarg.admin import UncountedList
from avatarg.errors import Refusal
from jobs.models import Job
from support import sla, tickets
from support.forms import AnswerForm
from support.models import Message, Ticket

OVERDUE = Q(state=Ticket.State.OPEN, answer_due_at__lt=Now())
DONE = {
    "answer": "Answered",
    "answer_and_close": "Answered and closed",
    "note": "Noted",
    "close": "Closed",
}


class OverdueFilter(admin.SimpleListFilter):
    title = "overdue"
    parameter_name = "overdue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Overdue"), ("no", "In time")]

    def queryset(self, request: HttpRequest, rows: QuerySet[Ticket]) -> QuerySet[Ticket]:
        asked = self.value()
        return rows.filter(OVERDUE) if asked == "yes" else rows.exclude(OVERDUE) if asked == "no" else rows


@admin.register(Ticket)
class TicketAdmin(admin.ModelAdmin[Ticket]):
    """The desk. Who may view tickets reads them; who may change tickets answers. People open them, nobody deletes."""

    list_display = ("question", "user", "tier", "topic", "state", "waits", "created_at")
    list_filter = (OverdueFilter, "state", "tier", "topic")
    list_select_related = ("user",)
    search_fields = ("user__email", "job_id", "id", "subject")
    search_help_text = "An email address, a job's or a ticket's id, or words of the subject"
    ordering = (F("answer_due_at").asc(nulls_last=True), "-updated_at")
    show_full_result_count = False
    list_per_page = 50
    actions = ("close",)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return UncountedList

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="subject", ordering="subject")
    def question(self, ticket: Ticket) -> str:
        return ticket.subject or "(forgotten)"

    @admin.display(description="answer", ordering="answer_due_at")
    def waits(self, ticket: Ticket) -> str:
        words = waiting_words(ticket, timezone.now())
        return format_html("<strong>{}</strong>", words) if ticket.is_overdue(timezone.now()) else words

    @admin.action(description="Close without an answer", permissions=["change"])
    def close(self, request: HttpRequest, chosen: QuerySet[Ticket]) -> None:
        for ticket in chosen:
            key = secrets.token_urlsafe(18)
            if tickets.close_ticket(operator_id=operator(request), ticket_id=ticket.pk, key=key):
                self.log_change(request, ticket, DONE["close"])
                self.message_user(request, f"{ticket} was closed.", messages.SUCCESS)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The conversation and the form below it. A form does what it says once, however often it is sent."""
        ticket = self.get_object(request, object_id)
        if ticket is None:
            raise Http404("There is no such ticket.")
        if not self.has_view_or_change_permission(request, ticket):
            raise PermissionDenied
        may_answer = self.has_change_permission(request, ticket)
        form = AnswerForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and not may_answer:
            raise PermissionDenied
        if form.is_bound and form.is_valid():
            try:
                self.carry_out(request, ticket, **form.cleaned_data)
            except Refusal as refusal:
                self.message_user(request, refusal.message, messages.ERROR)
            return HttpResponseRedirect(request.path)
        context = {
            **self.admin_site.each_context(request), **facts_of(ticket), "title": ticket.subject or str(ticket),
            "opts": self.opts, "ticket": ticket, "form": form if may_answer else None, "acts": AnswerForm.ACTS,
        }  # fmt: skip
        return TemplateResponse(request, "admin/support/ticket.html", context, status=400 if form.errors else 200)

    def carry_out(self, request: HttpRequest, ticket: Ticket, *, act: str, text: str, form_key: str) -> None:
        by: dict[str, Any] = {"operator_id": operator(request), "ticket_id": ticket.pk, "key": form_key}
        if act == "close":
            done = tickets.close_ticket(**by)
        elif act == "note":
            done = tickets.add_note(**by, text=text)
        else:
            done = tickets.answer(**by, text=text, close=act == "answer_and_close")
        if done:
            self.log_change(request, ticket, DONE[act])
        self.message_user(request, f"{DONE[act]}.", messages.SUCCESS)


def operator(request: HttpRequest) -> UUID:
    return cast(UUID, request.user.pk)


def waiting_words(ticket: Ticket, now: datetime) -> str:
    if ticket.answer_due_at is None:
        return "-"
    if ticket.is_overdue(now):
        return f"overdue for {timesince(ticket.answer_due_at, now, depth=1)}"
    return f"due in {timeuntil(ticket.answer_due_at, now, depth=1)}"


def facts_of(ticket: Ticket) -> dict[str, Any]:
    """What stands beside the conversation."""
    everybody = User.objects.select_related("subscription", "credit_account", "profile")
    return {
        "person": everybody.get(pk=ticket.user_id),
        "job": Job.objects.filter(pk=ticket.job_id).first() if ticket.job_id else None,
        "conversation": list(ticket.messages.select_related("author").order_by("id")),
        "waits": waiting_words(ticket, timezone.now()),
        "is_overdue": ticket.is_overdue(timezone.now()),
        "promise": sla.PROMISES[ticket.tier],
        "others": Ticket.objects.filter(user_id=ticket.user_id).exclude(pk=ticket.pk).count(),
        "sides": Message.Side,
    }
