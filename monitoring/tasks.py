from datetime import timedelta

from celery import shared_task
from django.db.models.functions import Now

from monitoring import auditor
from monitoring.models import AuditRun

KEPT = timedelta(days=90)


@shared_task(name="monitoring.audit", expires=1800, soft_time_limit=840, time_limit=900)
def audit() -> str:
    AuditRun.objects.filter(at__lt=Now() - KEPT).delete()
    return str(auditor.run_audit())
