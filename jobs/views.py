"""The API of agents, jobs and uploads."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agents import access, catalogue
from agents.registry import AGENTS
from avatarg import bearer, paging
from avatarg.api import MultiPartParser, caller
from avatarg.errors import InvalidInput
from billing import entitlements
from jobs import files, lifecycle, quotes, selectors, submission, upkeep, uploads
from jobs.models import Job
from jobs.serializers import (
    AcceptedSerializer,
    AgentsSerializer,
    CallSerializer,
    JobSerializer,
    JobsSerializer,
    PlanQuoteSerializer,
    QuoteSerializer,
    UploadSerializer,
    VoiceSerializer,
    VoicesSerializer,
)  # fmt: skip

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, description="Makes the call repeatable for 24 hours."
)

CALL = CallSerializer()  # for validation alone: it holds no state, and an instance for each call copies every field
FILE_BODY = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}, "required": ["file"]}


def key_from(request: Request) -> str | None:
    """The Idempotency-Key header. Raises InvalidInput."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > 255 or "\x00" in key:
        raise InvalidInput({"Idempotency-Key": [_("This must be at most 255 characters.")]})
    return key or None


def call_from(request: Request) -> dict[str, Any]:
    """The body of execute and quote. Raises DRF's ValidationError."""
    return {name: value for name, value in CALL.run_validation(request.data).items() if value is not None}


class ExecuteView(APIView):
    key_scope = "execute"
    throttle_class = "execute"

    @extend_schema(request=CallSerializer, responses={202: AcceptedSerializer}, parameters=[IDEMPOTENCY_KEY])
    def post(self, request: Request) -> Response:
        """Start a job: takes its price now, gives it back if the job is not delivered."""
        answer = submission.submit(
            user_id=caller(request), key=key_from(request), budget=bearer.budget_for(request), **call_from(request)
        )
        return Response(asdict(answer), status=202)


class QuoteView(APIView):
    key_scope = "read"

    @extend_schema(request=CallSerializer, responses=PlanQuoteSerializer)
    def post(self, request: Request) -> Response:
        """What a call would cost and whether it would be accepted now; of a plan each step. Charges nothing."""
        quote = quotes.quote(user_id=caller(request), budget=bearer.budget_for(request), **call_from(request))
        shape = QuoteSerializer if quote.steps is None else PlanQuoteSerializer
        return Response(shape(quote).data)


class AgentsView(APIView):
    @extend_schema(responses=AgentsSerializer)
    def get(self, request: Request) -> Response:
        """The catalogue, with what is available to this user."""
        standing = entitlements.standing_of(caller(request))
        off = catalogue.switched_off()
        return Response({"agents": [self.row(agent_id, standing, off) for agent_id in AGENTS]})

    def row(self, agent_id: str, standing: entitlements.Standing, off: set[str]) -> dict[str, Any]:
        agent = AGENTS[agent_id]
        operations = catalogue.runnable(agent, off)
        return {
            "id": agent.id, "name": agent.name, "description": agent.description, "category": agent.category,
            "required_plan": agent.required_plan, "base_cost": agent.base_cost,
            "capabilities": list(agent.capabilities), "live": bool(operations),
            "available": access.refusal_for(agent, standing, live=bool(operations)) is None,
            "operations": [
                {"name": one.name, "cost": one.cost, "input_schema": catalogue.input_schema(agent.id, one.name)}
                for one in operations
            ],
        }  # fmt: skip


class JobsView(APIView):
    @extend_schema(
        parameters=[
            OpenApiParameter("status", str, enum=Job.Status.values), OpenApiParameter("agent_id", str),
            OpenApiParameter("limit", int), OpenApiParameter("cursor", str),
        ],
        responses=JobsSerializer,
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Own jobs, newest first."""
        status, agent_id = request.query_params.get("status", ""), request.query_params.get("agent_id", "")
        if status and status not in Job.Status.values:
            choices = ", ".join(Job.Status.values)
            raise InvalidInput({"status": [_("This must be one of %(choices)s.") % {"choices": choices}]})
        if agent_id and agent_id not in AGENTS:
            raise InvalidInput({"agent_id": [_("There is no such agent.")]})
        rows = selectors.jobs_of(caller(request), status=status, agent_id=agent_id)
        limit = paging.limit_from(request.query_params.get("limit"))
        page, cursor = paging.newest_first(
            rows.prefetch_related("artifacts", "children"), request.query_params.get("cursor"), limit,
            by=("created_at", "id"),
        )  # fmt: skip
        return Response({"jobs": JobSerializer(page, many=True).data, "next_cursor": cursor})


class JobView(APIView):
    @extend_schema(responses=JobSerializer)
    def get(self, request: Request, job_id: UUID) -> Response:
        """One job of your own."""
        return Response(JobSerializer(selectors.job_of(caller(request), job_id)).data)


class CancelView(APIView):
    key_scope = "execute"

    @extend_schema(request=None, responses=JobSerializer)
    def post(self, request: Request, job_id: UUID) -> Response:
        """Cancel a queued or running job; its credits come back."""
        return Response(JobSerializer(lifecycle.cancel(user_id=caller(request), job_id=job_id)).data)


class RetryView(APIView):
    key_scope = "execute"
    throttle_class = "execute"

    @extend_schema(request=None, responses={202: AcceptedSerializer}, parameters=[IDEMPOTENCY_KEY])
    def post(self, request: Request, job_id: UUID) -> Response:
        """Run a finished job again, as a new job with a new charge."""
        answer = submission.retry(
            user_id=caller(request), job_id=job_id, key=key_from(request), budget=bearer.budget_for(request)
        )
        return Response(asdict(answer), status=202)


class ArtifactView(APIView):
    key_scope = "execute"

    @extend_schema(
        parameters=[OpenApiParameter("download", bool, description="As an attachment.")],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, job_id: UUID, name: str) -> HttpResponseBase:
        """The file, to its owner only."""
        artifact = selectors.artifact_of(caller(request), job_id, name)
        return files.response_for(request, artifact, attached="download" in request.query_params)

    @extend_schema(responses={204: OpenApiResponse(description="Gone.")})
    def delete(self, request: Request, job_id: UUID, name: str) -> Response:
        """Delete the file; frees its storage and, for an avatar, its place."""
        upkeep.remove_artifact(selectors.artifact_of(caller(request), job_id, name, deleted=True))
        return Response(status=204)


class UploadsView(APIView):
    key_scope = "execute"
    parser_classes = (MultiPartParser,)

    @extend_schema(request={"multipart/form-data": FILE_BODY}, responses={201: UploadSerializer})
    def post(self, request: Request) -> Response:
        """Send a file for an agent to work on."""
        upload = uploads.receive(user_id=caller(request), file=request.FILES.get("file"))
        return Response(UploadSerializer(upload).data, status=201)


class VoicesView(APIView):
    @extend_schema(responses=VoicesSerializer)
    def get(self, request: Request) -> Response:
        """Saved voices, newest first."""
        return Response({"voices": VoiceSerializer(selectors.voices_of(caller(request)), many=True).data})


class VoiceView(APIView):
    key_scope = "execute"

    @extend_schema(responses={204: OpenApiResponse(description="Gone.")})
    def delete(self, request: Request, voice_id: UUID) -> Response:
        """Forget a saved voice; frees its slot."""
        upkeep.remove_voice(selectors.voice_of(caller(request), voice_id))
        return Response(status=204)
