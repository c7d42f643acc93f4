"""Shapes of the API's bodies."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from agents import sentences
from jobs.models import Artifact, Job


class CallSerializer(serializers.Serializer[dict[str, Any]]):
    """The body of execute and quote."""

    agent_id = serializers.CharField(max_length=80)
    operation = serializers.CharField(max_length=80, required=False, allow_null=True)
    input = serializers.DictField(default=dict)
    max_credits = serializers.IntegerField(min_value=0, required=False, allow_null=True)


class AcceptedSerializer(serializers.Serializer[Any]):
    job_id = serializers.CharField()
    status = serializers.CharField()
    agent_id = serializers.CharField()
    operation = serializers.CharField()
    cost = serializers.IntegerField()
    balance = serializers.IntegerField()


class QuoteSerializer(serializers.Serializer[Any]):
    agent_id = serializers.CharField()
    operation = serializers.CharField()
    cost = serializers.IntegerField()
    balance = serializers.IntegerField()
    balance_after = serializers.IntegerField(allow_null=True)
    allowed = serializers.BooleanField()
    code = serializers.CharField(allow_null=True)


class StepQuoteSerializer(serializers.Serializer[Any]):
    agent_id = serializers.CharField(source="agent.id")
    operation = serializers.CharField(source="operation.name")
    cost = serializers.IntegerField(source="operation.cost")


class PlanQuoteSerializer(QuoteSerializer):
    steps = StepQuoteSerializer(many=True, required=False)


class ArtifactSerializer(serializers.ModelSerializer[Artifact]):
    url = serializers.SerializerMethodField()

    class Meta:
        model = Artifact
        fields = ("name", "kind", "content_type", "size", "url")

    def get_url(self, artifact: Artifact) -> str:
        return reverse("api-artifact", args=[artifact.job_id, artifact.name])


class JobSerializer(serializers.ModelSerializer[Job]):
    job_id = serializers.UUIDField(source="id")
    input = serializers.DictField()
    output = serializers.DictField(allow_null=True)
    artifacts = serializers.SerializerMethodField()
    error = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField()

    class Meta:
        model = Job
        fields = (
            "job_id", "agent_id", "operation", "status", "progress", "input", "output", "artifacts", "cost",
            "refunded", "error", "engine", "parent_id", "steps", "created_at", "started_at", "finished_at",
        )  # fmt: skip

    def get_artifacts(self, job: Job) -> list[dict[str, Any]]:
        rows = [artifact for artifact in job.artifacts.all() if artifact.deleted_at is None]
        return list(ArtifactSerializer(rows, many=True).data)

    def get_error(self, job: Job) -> dict[str, str] | None:
        told = sentences.failure(job.error_code, job.error_message)
        return {"code": job.error_code, "message": told} if job.error_code else None

    def get_steps(self, job: Job) -> list[str]:
        return [str(child.pk) for child in sorted(job.children.all(), key=lambda child: child.position)]


class UploadSerializer(serializers.Serializer[Any]):
    upload_id = serializers.UUIDField(source="id")
    kind = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField()


class JobsSerializer(serializers.Serializer[Any]):
    jobs = JobSerializer(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class OperationSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    cost = serializers.IntegerField()
    input_schema = serializers.DictField()


class AgentSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    category = serializers.CharField()
    required_plan = serializers.CharField()
    base_cost = serializers.IntegerField()
    capabilities = serializers.ListField(child=serializers.CharField())
    live = serializers.BooleanField()
    available = serializers.BooleanField()
    operations = OperationSerializer(many=True)


class AgentsSerializer(serializers.Serializer[Any]):
    agents = AgentSerializer(many=True)


class VoiceSerializer(serializers.Serializer[Any]):
    voice_id = serializers.UUIDField(source="id")
    name = serializers.CharField()
    created_at = serializers.DateTimeField()


class VoicesSerializer(serializers.Serializer[Any]):
    voices = VoiceSerializer(many=True)
