from django.utils.translation import gettext_noop as _

from agents.delivery import Stopped
from avatarg.errors import Refusal


class QuotaExceeded(Refusal):
    code, status = "QUOTA_EXCEEDED", 403
    sentence = _("Your plan's share of this is used up.")


class ConcurrencyLimit(Refusal):
    code, status = "CONCURRENCY_LIMIT", 429
    sentence = _("As many jobs are running as your plan allows. Please wait for one to finish.")


class IdempotencyConflict(Refusal):
    code, status = "IDEMPOTENCY_CONFLICT", 409
    sentence = _("This idempotency key was used for another call.")


class JobFinished(Refusal):
    code, status = "JOB_FINISHED", 409
    sentence = _("This job has already finished.")


class JobNotFinished(Refusal):
    code, status = "JOB_NOT_FINISHED", 409
    sentence = _("This job has not finished yet.")


class NotRefundable(Refusal):
    code, status = "NOT_REFUNDABLE", 409
    sentence = _("There is nothing to give back for this job.")


class Superseded(Exception):
    """The job is no longer this worker's: canceled, or its lease was taken. The run must stop and write nothing."""


class Ended(Superseded, Stopped):
    """The job is over: it was canceled, and no other worker has it."""
