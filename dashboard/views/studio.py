"""The studio of one agent: a form, the price before running, and what was made here before."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from agents import access, catalogue
from agents.errors import UnknownAgent
from agents.registry import CHAT, Agent, Operation
from avatarg.errors import InvalidInput, Refusal
from billing import entitlements
from billing.entitlements import Standing
from credits import selectors as ledger_reads
from dashboard import banners, cards, forms, own, pace, prices, talks, words
from dashboard.forms import EARLIER, StudioForm, flattened
from dashboard.prices import PriceCard
from dashboard.views.member import member, member_page, see_other
from jobs import selectors, submission, upkeep
from jobs.errors import IdempotencyConflict
from jobs.models import IdempotencyKey, Job

Show = Callable[..., HttpResponse]
RESULTS = 6
PICTURES = ("image", "poster")


@dataclass(frozen=True, slots=True)
class Desk:
    """What a visit to a studio is about."""

    agent: Agent
    operation: Operation
    runnable: list[Operation]
    standing: Standing
    refusal: Refusal | None
    is_off: bool

    @property
    def schema(self) -> dict[str, Any]:
        return catalogue.input_schema(self.agent.id, self.operation.name)

    @property
    def is_open(self) -> bool:
        return self.refusal is None

    @property
    def is_talk(self) -> bool:
        return (self.agent.id, self.operation.name) == (CHAT.id, talks.OPERATION)

    def address_of(self, job_id: object) -> str:
        """Where a job that was started here is watched."""
        return talks.address_of(job_id) if self.is_talk else reverse("job", args=[job_id])


@member_page
def studio(request: HttpRequest, agent_id: str) -> HttpResponse:
    desk = desk_for(request, agent_id)
    if not desk.is_open:
        return page(request, desk, None)
    user_id = member(request)
    if request.method != "POST":
        return blank(request, desk)
    if "switch" in request.POST:
        return page(request, desk, StudioForm(desk.schema, user_id, initial=typed_for(request, desk)))
    form = StudioForm(desk.schema, user_id, request.POST, request.FILES)
    return run(request, desk, form) if form.is_valid() else page(request, desk, form, status=400)


def blank(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The form to fill in; under a conversation, where one is gone on with, that for the next message."""
    user_id, initial = member(request), initial_for(request, desk)
    talk = talk_with(user_id, desk, initial.get(talks.FIELD))
    if talk is None:
        return page(request, desk, StudioForm(desk.schema, user_id, initial=initial))
    return page(request, desk, next_message(user_id, desk, talk.latest.job, initial), talk=talk)


def talk_with(user_id: UUID, desk: Desk, after: Any) -> talks.Talk | None:
    return talks.talk_of(user_id, own.job_in(str(after or ""))) if desk.is_talk else None


def next_message(user_id: UUID, desk: Desk, last: Job, initial: dict[str, Any]) -> StudioForm:
    """The form under a conversation: it goes on from the last answer, and waits to be typed into."""
    form = StudioForm(desk.schema, user_id, initial={**initial, talks.FIELD: talks.goes_on_from(last)})
    form.fields["message"].widget.attrs["autofocus"] = True
    return form


def desk_for(request: HttpRequest, agent_id: str) -> Desk:
    try:
        agent = catalogue.agent_for(agent_id)
    except UnknownAgent:
        raise Http404("There is no such agent.") from None
    off = catalogue.switched_off()
    runnable = catalogue.runnable(agent, off)
    wanted = request.GET.get("operation")
    operation = next((one for one in runnable if one.name == wanted), (runnable or list(agent.operations))[0])
    standing = entitlements.standing_of(member(request))
    refusal = access.refusal_for(agent, standing, live=bool(runnable))
    is_off = agent.id in off and bool(catalogue.runnable(agent, set()))
    return Desk(agent, operation, runnable, standing, refusal, is_off)


def run(request: HttpRequest, desk: Desk, form: StudioForm) -> HttpResponse:
    try:
        return started(request, desk, form)
    except Refusal as refusal:
        return declined(request, desk, form, refusal, page)


def started(request: HttpRequest, desk: Desk, form: StudioForm, *, max_credits: int | None = None) -> HttpResponse:
    """Start the job under the form's own key: a second click, back or refresh finds the first answer.

    Raises Refusal.
    """
    key = form.key()
    if job_id := job_started_by(form.user_id, key):
        return see_other(desk.address_of(job_id))
    pace.require_calm(request)
    try:
        accepted = submission.submit(
            user_id=form.user_id, agent_id=desk.agent.id, operation=desk.operation.name, input=form.to_input(),
            key=key, max_credits=max_credits,
        )  # fmt: skip
    except IdempotencyConflict:
        return already_sent(desk, form, key)
    return see_other(desk.address_of(accepted.job_id))


def declined(request: HttpRequest, desk: Desk, form: StudioForm, refusal: Refusal, show: Show) -> HttpResponse:
    """The same page with what stands in the way: beside the fields that are wrong, or above the form."""
    if isinstance(refusal, InvalidInput):
        form.show_errors(refusal.metadata["fields"])
        return show(request, desk, form, status=400)
    return pace.with_wait(show(request, desk, form, refusal=refusal, status=refusal.status), refusal)


def already_sent(desk: Desk, form: StudioForm, key: str) -> HttpResponse:
    """The same form arrived twice at once: its job is there, and the second copy of its files is not needed."""
    for upload in form.kept:
        upkeep.remove_upload(upload)
    job_id = job_started_by(form.user_id, key)
    return see_other(desk.address_of(job_id) if job_id else reverse("jobs"))


def job_started_by(user_id: UUID, key: str) -> UUID | None:
    return IdempotencyKey.objects.filter(user_id=user_id, key=key).values_list("job_id", flat=True).first()


def page(
    request: HttpRequest, desk: Desk, form: StudioForm | None, *, talk: talks.Talk | None = None,
    refusal: Refusal | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    user_id = member(request)
    runner = catalogue.runner_for(desk.agent.id, desk.operation.name)
    if talk is None and form:
        talk = talk_with(user_id, desk, form.data.get(talks.FIELD) or form.initial.get(talks.FIELD))
    made = selectors.jobs_of(user_id, agent_id=desk.agent.id).prefetch_related("artifacts")[:RESULTS]
    context = {
        **sheet(user_id, desk, form), "talk": talk,
        "kept": kept_for(request, desk).items() if form else (),
        "banner": banners.banner_for(refusal) if refusal else None,
        "examples": runner.examples if runner else (), "results": [] if talk else [result_of(job) for job in made],
    }  # fmt: skip
    return render(request, "dashboard/studio.html", context, status=status)


def sheet(user_id: UUID, desk: Desk, form: StudioForm | None) -> dict[str, Any]:
    """A form with its price beside it."""
    price = priced(user_id, desk) if desk.is_open else None
    return {"desk": desk, "agent": desk.agent, "form": form, "price": price, "submit_key": secrets.token_urlsafe(18)}


def kept_for(request: HttpRequest, desk: Desk) -> dict[str, str]:
    """Words that this operation has no field for: they stay with the form, for the way back to one that has."""
    given = {} if "switch" not in request.POST else {name: request.POST.get(name, "") for name in words.TEXT_KEYS}
    return {name: text for name, text in given.items() if text and name not in desk.schema["properties"]}


def priced(user_id: UUID, desk: Desk) -> PriceCard:
    return prices.price_card(desk.agent, desk.operation, desk.standing.plan, ledger_reads.account_of(user_id))


@dataclass(frozen=True, slots=True)
class Result:
    """A job as a tile: its picture where it made one."""

    row: cards.JobRow
    picture: str


def result_of(job: Job) -> Result:
    picture = next((one.name for one in selectors.artifacts_of(job) if one.kind in PICTURES), "")
    return Result(cards.job_rows([job])[0], picture)


def initial_for(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    """What the form starts with: defaults, then an example, an earlier job's input, or a file to use."""
    schema = desk.schema["properties"]
    values = {name: described["default"] for name, described in schema.items() if described.get("default") is not None}
    runner = catalogue.runner_for(desk.agent.id, desk.operation.name)
    number = request.GET.get("example", "")
    if runner and number.isdigit() and 0 < int(number[:3]) <= len(runner.examples):
        values |= runner.examples[int(number[:3]) - 1]
    if again := request.GET.get("from", ""):
        values |= earlier_input(member(request), again, desk)
    if used := request.GET.get("use", ""):
        values |= {name: f"artifact:{used}" for name in forms.media_names(schema)[:1]}
    if after := request.GET.get("after", ""):
        values |= {name: after for name, one in schema.items() if flattened(one).get("$ref") == EARLIER}
    return values


def typed_for(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    """What was typed for another operation, as far as this one asks for it; its words go to this one's words."""
    schema = desk.schema["properties"]
    typed = {name: request.POST[name] for name in schema if request.POST.get(name)}
    said = next((request.POST[name] for name in words.TEXT_KEYS if request.POST.get(name)), "")
    asked = [name for name in words.TEXT_KEYS if name in schema and said]
    return initial_for(request, desk) | dict.fromkeys(asked[:1], said) | typed


def earlier_input(user_id: UUID, job_id: str, desk: Desk) -> dict[str, Any]:
    """The input of an earlier job of this operation. Raises NotFound for a job that is not theirs."""
    try:
        job = selectors.job_of(user_id, UUID(job_id))
    except ValueError:
        raise Http404("There is no such job.") from None
    if (job.agent_id, job.operation) != (desk.agent.id, desk.operation.name):
        return {}
    return {slot: chosen(one) for name, value in job.input.items() for slot, one in slots_in(name, value)}


def slots_in(name: str, value: Any) -> list[tuple[str, Any]]:
    """A list of references by the slots of its form."""
    if isinstance(value, list):
        return [(forms.slot_of(name, number), one) for number, one in enumerate(value, 1)]
    return [(name, value)]


def chosen(value: Any) -> Any:
    """A media reference as the form's choice."""
    match value:
        case {"upload_id": upload_id}:
            return f"upload:{upload_id}"
        case {"job_id": job_id, "name": name}:
            return f"artifact:{job_id}/{name}"
    return value
