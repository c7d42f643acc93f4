from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Now

from accounts.models import new_id
from agents import registry

ACTIVE = ("queued", "running")


class Job(models.Model):
    """One paid run of one operation. Postgres is its queue: `lease_until` and `fence` say whose it is.

    `cost` and `refunded` are credits; `cost` is never changed. Who writes the row while it runs must hold `fence`.
    `draft` is what is written so far, `provider_cost` what a provider took for it, in millionths of a dollar.

    An orchestrated job has a `base_cost`, and steps: jobs with it as their parent, in the order of `position`. A step
    charges nothing by itself, its `cost` is its share. A job that is `waiting` is not to be claimed: a step until all
    that it `depends_on` is delivered, an orchestrated job until its steps are at their end. A step that failed is
    `run_again` once.

    `api_key_id` is the key that it was started with, and against whose budget it counts.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", "Queued"
        RUNNING = "running", "Running"
        COMPLETED = "completed", "Completed"
        FAILED = "failed", "Failed"
        CANCELED = "canceled", "Canceled"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs", db_index=False)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    agent_id = models.CharField(max_length=40)
    operation = models.CharField(max_length=40)
    plan = models.CharField(max_length=10)
    queue = models.CharField(max_length=20)
    status = models.CharField(max_length=9, choices=Status.choices, db_default=Status.QUEUED)
    input = models.JSONField()
    output = models.JSONField(null=True)
    seed = models.BigIntegerField()
    cost = models.IntegerField()
    refunded = models.IntegerField(db_default=0)
    progress = models.SmallIntegerField(db_default=0)
    step = models.CharField(max_length=120, db_default="")
    error_code = models.CharField(max_length=40, db_default="")
    error_message = models.CharField(max_length=500, db_default="")
    engine = models.CharField(max_length=120, db_default="")
    fence = models.IntegerField(db_default=0)
    attempts = models.SmallIntegerField(db_default=0)
    lease_until = models.DateTimeField(null=True)
    rung_at = models.DateTimeField(db_default=Now())
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    draft = models.TextField(db_default="")
    provider_cost = models.BigIntegerField(null=True)
    base_cost = models.IntegerField(null=True)
    position = models.SmallIntegerField(db_default=0)
    reason = models.CharField(max_length=300, db_default="")
    depends_on = ArrayField(models.UUIDField(), db_default=Value([], output_field=ArrayField(models.UUIDField())))
    waiting = models.BooleanField(db_default=False)
    run_again = models.BooleanField(db_default=False)
    api_key_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cost__gte=0), name="job_cost_not_negative"),
            models.CheckConstraint(
                condition=Q(refunded__gte=0, refunded__lte=F("cost")), name="job_refund_within_cost"
            ),
            models.CheckConstraint(condition=Q(progress__gte=0, progress__lte=100), name="job_progress_percent"),
            models.CheckConstraint(
                condition=Q(status__in=ACTIVE, finished_at=None) | ~Q(status__in=ACTIVE) & ~Q(finished_at=None),
                name="job_finished_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(status="running") & ~Q(lease_until=None) | ~Q(status="running"),
                name="job_running_has_a_lease",
            ),
        ]
        indexes = [
            models.Index(  # pages are filtered, and a period is summed up, without a look at the rows
                fields=["user", "-created_at", "-id", "agent_id", "status", "parent"],
                include=["cost", "refunded"],
                name="job_of_user",
            ),
            models.Index(fields=["user"], condition=Q(status__in=ACTIVE), name="job_active_of_user"),
            models.Index(fields=["rung_at"], condition=Q(status="queued"), name="job_waiting"),
            models.Index(fields=["lease_until"], condition=Q(status="running"), name="job_leased"),
            models.Index(fields=["api_key_id", "created_at"], condition=~Q(api_key_id=None), name="job_of_key"),
        ]

    def __str__(self) -> str:
        return f"{self.agent_name} {self.operation}, {self.status}"

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE

    @property
    def agent_name(self) -> str:
        return registry.name_of(self.agent_id)


class Artifact(models.Model):
    """One file of a completed job. Removed ones keep their row; `holds_avatar` marks an avatar's place."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="artifacts", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    content_type = models.CharField(max_length=80)
    size = models.BigIntegerField()
    file = models.FileField(max_length=300)
    holds_avatar = models.BooleanField(db_default=False)
    created_at = models.DateTimeField(db_default=Now())
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["job", "name"], name="one_artifact_a_name"),
            models.CheckConstraint(condition=Q(size__gt=0), name="artifact_not_empty"),
        ]
        indexes = [
            models.Index(
                fields=["user"], condition=Q(holds_avatar=True, deleted_at=None), name="artifact_avatar_of_user"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Upload(models.Model):
    """A file that a person sent for an agent to work on. Type found in its content."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    kind = models.CharField(max_length=20)
    content_type = models.CharField(max_length=80)
    size = models.BigIntegerField()
    file = models.FileField(max_length=300)
    created_at = models.DateTimeField(db_default=Now())
    deleted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind}, {self.size} bytes"


class StoredBytes(models.Model):
    """Bytes a person keeps in artifacts and uploads. Kept true by triggers on both tables."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True)
    bytes = models.BigIntegerField(db_default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(bytes__gte=0), name="stored_bytes_not_negative")]

    def __str__(self) -> str:
        return f"{self.bytes} bytes"


class UsageDay(models.Model):
    """What a person's jobs with one agent came to, by the day (UTC) of their submission: those that have ended.

    `spent` is net of `returned`; both are credits. A plan counts once, its steps do not. Kept equal to the jobs by
    triggers on them (migration 0008); written by nobody else, so that a long month is read as fast as a short one.
    """

    pk = models.CompositePrimaryKey("user_id", "day", "agent_id")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    agent_id = models.CharField(max_length=40)
    completed = models.IntegerField()
    failed = models.IntegerField()
    canceled = models.IntegerField()
    spent = models.BigIntegerField()
    returned = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.day}: {self.agent_id}"


class IdempotencyKey(models.Model):
    """The stored answer to an accepted call: the same key and body get it again for 24 hours."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False)
    key = models.CharField(max_length=255)
    body_hash = models.CharField(max_length=64)
    job_id = models.UUIDField()
    response = models.JSONField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_answer_a_key")]
        indexes = [models.Index(fields=["created_at"], name="idempotency_key_age")]

    def __str__(self) -> str:
        return self.key


class Voice(models.Model):
    """A voice that a person saved, in one of their plan's slots. `profile` is what an engine needs to speak in it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    job_id = models.UUIDField(null=True, unique=True)
    name = models.CharField(max_length=80)
    profile = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now())
    deleted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Pulse(models.Model):
    """When a worker last ran a canary job, by queue. Readiness is decided from it, not from a ping."""

    queue = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.queue} at {self.at:%H:%M:%S}"
