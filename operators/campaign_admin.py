"""Grants to many in the admin: a form, its dry run, and the way of each campaign to its end."""

from typing import Any, cast
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from avatarg.acts import Act, ActsAdmin, Case, Done
from avatarg.admin import ReadOnlyAdmin
from operators import campaigns
from operators.campaigns import Choice, DryRun
from operators.errors import CampaignChanged
from operators.forms import CampaignForm
from operators.models import Campaign

RIGHT = "operators.run_campaign"
BOUND = 100
SHOWN_FAILURES = 20


def go_on(case: Case) -> Done:
    if case.target.finished_at:
        return Done("Was finished before.", False)
    campaigns.ring(case.target.pk)
    return Done("A worker goes on with it.")


@admin.register(Campaign)
class CampaignAdmin(ActsAdmin[Campaign], ReadOnlyAdmin[Campaign]):
    list_display = ("key", "amount", "kind", "people", "operator", "created_at", "finished_at")
    list_select_related = ("operator",)
    list_filter = (("finished_at", admin.EmptyFieldListFilter),)
    search_fields = ("key", "reason")
    ordering = ("-created_at",)
    fields = (
        "key", "kind", "amount", "reason", "expires_at", "chosen", "people", "operator", "finished_at", "progress",
        "failures",
    )  # fmt: skip
    readonly_fields = ("chosen", "progress", "failures")
    change_list_template = "admin/operators/campaigns.html"
    acts = (
        Act(
            "go-on", "Go on", RIGHT, "Grants to those who have not got it yet. Nobody gets it twice.", go_on,
            offered=lambda row: not row.finished_at,
        ),
    )  # fmt: skip

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.new_view)
        return [path("new/", page, name="operators_campaign_new"), *super().get_urls()]

    @admin.display(description="chosen by")
    def chosen(self, row: Campaign) -> str:
        said = Choice(**row.chosen_by)
        parts = {
            "on": ", ".join(said.plans), "with the address": ", ".join(said.emails), "active since": said.active_since,
        }  # fmt: skip
        return "; ".join(f"{words} {value}" for words, value in parts.items() if value)

    @admin.display
    def progress(self, row: Campaign) -> str:
        told = row.recipients.aggregate(
            done=Count("pk", filter=~Q(granted_at=None)), failed=Count("pk", filter=~Q(error="")), all=Count("pk")
        )
        return f"{told['done']} of {told['all']} have got it, {told['failed']} were refused"

    @admin.display
    def failures(self, row: Campaign) -> str:
        rows = row.recipients.exclude(error="").select_related("user")[:SHOWN_FAILURES]
        return "; ".join(f"{one.user}: {one.error}" for one in rows) or "none"

    def new_view(self, request: HttpRequest) -> HttpResponse:
        """The form, then its dry run with the same form in it; confirmed, the campaign starts."""
        if not request.user.has_perm(RIGHT):
            raise PermissionDenied
        form, looked = CampaignForm(request.POST if request.method == "POST" else None), None
        if form.is_bound and form.is_valid() and "change" not in request.POST:
            looked = campaigns.dry_run(form.choice(), form.terms())
            if "confirmed" in request.POST and (campaign := self.started(request, form, looked)):
                return HttpResponseRedirect(reverse("admin:operators_campaign_change", args=[campaign.pk]))
        context = {
            **self.admin_site.each_context(request), "title": "Grant credits to many", "opts": self.opts, "form": form,
            "looked": looked, "bound": BOUND, "media": form.media,
            "again": looked and Campaign.objects.filter(key=form.cleaned_data["key"]).first(),
        }  # fmt: skip
        return TemplateResponse(request, "admin/operators/campaign_new.html", context)

    def started(self, request: HttpRequest, form: CampaignForm, looked: DryRun) -> Campaign | None:
        """None when the operator has to look at the dry run once more."""
        typed = request.POST.get("typed", "").strip().replace(",", "")
        if looked.people > BOUND and typed != str(looked.people):
            messages.error(request, f"These are {looked.people} people. Type that number to go on.")
            return None
        try:
            campaign = campaigns.start(
                choice=form.choice(), terms=form.terms(), operator_id=cast(UUID, request.user.pk),
                seen=request.POST["confirmed"],
            )  # fmt: skip
        except CampaignChanged as refusal:
            messages.error(request, refusal.message)
            return None
        messages.success(request, f"{campaign}: this page says how far it is.")
        return campaign

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) or request.user.has_perm(RIGHT)
