"""Acts of operators in the admin: each asks for a reason, is written into the audit trail, and may be sent twice.

A page holds the act's form with a key of its own. What an act moves, it moves once for each key; what is sent again
moves nothing and is not written down again.
"""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from avatarg.errors import Refusal

Row = TypeVar("Row", bound=Model)
MOST_AT_ONCE = 50


class ReasonForm(forms.Form):
    """`key` tells one filled-in form from another: sent twice, it is the same act."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    reason = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"}))


@dataclass(frozen=True, slots=True)
class Case:
    """One act on one object. `key` is the same when the same form is sent again."""

    operator_id: UUID
    target: Any
    key: str
    reason: str
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def metadata(self) -> dict[str, Any]:
        """What a ledger row keeps of it. The operator's id and no name: people read their own ledger."""
        return {"reason": self.reason, "operator": str(self.operator_id)}


@dataclass(frozen=True, slots=True)
class Done:
    """`moved`: false when all was so before, and there is nothing to write down. `ok`: whether it came out well."""

    sentence: str
    moved: bool = True
    ok: bool = True


@dataclass(frozen=True)
class Act:
    """`run` raises a Refusal for what it will not do; `person` is whose audit trail tells of it as well.

    `as_seen`: only on what `about` still says as the page did that the operator decided by. `offered`: whether it would
    do something on this object; its page shows no other acts.
    """

    name: str
    title: str
    permission: str
    explains: str
    run: Callable[[Case], Done]
    form: type[ReasonForm] = ReasonForm
    person: Callable[[Any], Model | None] = lambda _target: None
    about: Callable[[Any], str] = lambda _target: ""
    as_seen: bool = False
    offered: Callable[[Any], bool] = lambda _target: True


Lines = list[tuple[Any, str]]
CHANGED = "This was changed since the page was opened, and nothing was done. Look at it again."


def digest_of(lines: Lines) -> str:
    told = json.dumps([(str(target.pk), about) for target, about in lines])
    return hashlib.sha256(told.encode()).hexdigest()


def record(operator_id: UUID, target: Model, sentence: str) -> None:
    """A line of the audit trail: Django's own log, which nobody edits."""
    LogEntry.objects.log_actions(
        user_id=operator_id, queryset=[target], action_flag=CHANGE, change_message=sentence, single_object=True
    )


def ids_from(model: type[Model], ids: list[str]) -> list[object]:
    """Those that can be a key of this model."""
    found: list[object] = []
    for one in ids:
        with suppress(ValidationError, ValueError):
            found.append(model._meta.pk.to_python(one))
    return found


def perform(act: Act, case: Case) -> Done:
    """The act and its line in the audit trail, in one transaction. Raises the act's refusals."""
    with transaction.atomic():
        done = act.run(case)
        if done.moved:
            said = f"{done.sentence} Reason: {case.reason}"
            record(case.operator_id, case.target, said)
            if person := act.person(case.target):
                record(case.operator_id, person, f"{case.target}: {said}")
    return done


class ActsAdmin(admin.ModelAdmin[Row]):
    """Offers its `acts` on the list, for what is chosen, and on the page of one object."""

    acts: tuple[Act, ...] = ()
    change_form_template = "admin/acts_form.html"

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.act_view)
        return [path("act/<slug:name>/", page, name=f"{self.stem}_act"), *super().get_urls()]

    @property
    def stem(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def acts_for(self, request: HttpRequest) -> list[Act]:
        return [act for act in self.acts if request.user.has_perm(act.permission)]

    def act_url(self, name: str, *ids: object, back: str = "") -> str:
        query = urlencode({"id": [str(one) for one in ids], **({"next": back} if back else {})}, doseq=True)
        return f"{reverse(f'{self.admin_site.name}:{self.stem}_act', args=[name])}?{query}"

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {
            **super().get_actions(request),
            **{act.name: (leads_to(act), act.name, act.title) for act in self.acts_for(request)},
        }

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        target = kwargs.get("obj")
        if target is not None:
            offered = [act for act in self.acts_for(request) if act.offered(target)]
            context["acts"] = [(act, self.act_url(act.name, target.pk)) for act in offered]
        return super().render_change_form(request, context, *args, **kwargs)

    def targets(self, request: HttpRequest) -> list[Row]:
        ids = request.GET.getlist("id")
        if not 0 < len(ids) <= MOST_AT_ONCE:
            raise Http404
        found = list(self.get_queryset(request).filter(pk__in=ids_from(self.model, ids)).order_by("pk"))
        if not found:
            raise Http404
        return found

    def act_view(self, request: HttpRequest, name: str) -> HttpResponse:
        act = next((act for act in self.acts if act.name == name), None)
        if act is None:
            raise Http404
        if not request.user.has_perm(act.permission):
            raise PermissionDenied
        targets = self.targets(request)
        lines: Lines = [(target, act.about(target)) for target in targets]
        seen = digest_of(lines)
        form = act.form(request.POST if request.method == "POST" else None)
        if form.is_bound and act.as_seen and request.POST.get("seen") != seen:
            form.add_error(None, CHANGED)
        if form.is_bound and form.is_valid():
            for target in targets:
                self.carry_out(request, act, target, form.cleaned_data)
            return HttpResponseRedirect(self.way_back(request, targets))
        context = {
            **self.admin_site.each_context(request), "act": act, "form": form, "opts": self.opts, "title": act.title,
            "lines": lines, "seen": seen, "back": self.way_back(request, targets),
        }  # fmt: skip
        return TemplateResponse(request, "admin/act.html", context)

    def carry_out(self, request: HttpRequest, act: Act, target: Row, told: dict[str, Any]) -> None:
        case = Case(request.user.pk, target, f"{told['key']}:{target.pk}", told["reason"], told)  # type: ignore[arg-type]
        try:
            done = perform(act, case)
        except Refusal as refusal:
            self.message_user(request, f"For {target}: {refusal.message}", messages.ERROR)
        else:
            level = messages.SUCCESS if done.moved and done.ok else messages.WARNING
            self.message_user(request, f"For {target}: {done.sentence}", level)

    def way_back(self, request: HttpRequest, targets: list[Row]) -> str:
        wanted = request.GET.get("next", "")
        if url_has_allowed_host_and_scheme(
            wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            return wanted
        if len(targets) == 1:
            return reverse(f"{self.admin_site.name}:{self.stem}_change", args=[targets[0].pk])
        return reverse(f"{self.admin_site.name}:{self.stem}_changelist")


def leads_to(act: Act) -> Callable[[Any, HttpRequest, QuerySet[Any]], HttpResponse | None]:
    """The list's action: on to the page that asks for the reason."""

    def go_on(page: Any, request: HttpRequest, chosen: QuerySet[Any]) -> HttpResponse | None:
        ids = list(chosen.values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
        if len(ids) > MOST_AT_ONCE:
            page.message_user(request, f"At most {MOST_AT_ONCE} at a time.", messages.ERROR)
            return None
        return HttpResponseRedirect(page.act_url(act.name, *ids))

    return go_on
