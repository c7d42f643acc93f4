"""Jobs that an operator should look at: the sweeper mends what it can, long before this."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from jobs import lifecycle
from jobs.models import Job

QUEUED_TOO_LONG = timedelta(minutes=10)
STEP_TOO_LONG = timedelta(hours=1)
PAST_LEASE = timedelta(minutes=1)


def stuck_jobs() -> dict[str, QuerySet[Job]]:
    """Dead: on its last try without a worker, and not even the sweeper could end and refund it."""
    queued = Job.objects.filter(status=Job.Status.QUEUED, waiting=False)
    lost = Job.objects.filter(status=Job.Status.RUNNING, waiting=False, lease_until__lt=Now() - PAST_LEASE)
    too_long = Q(parent=None, created_at__lt=Now() - QUEUED_TOO_LONG) | Q(created_at__lt=Now() - STEP_TOO_LONG)
    return {
        "queued": queued.filter(too_long),
        "lease": lost.filter(attempts__lt=lifecycle.MOST_ATTEMPTS),
        "dead": lost.filter(attempts__gte=lifecycle.MOST_ATTEMPTS),
    }
