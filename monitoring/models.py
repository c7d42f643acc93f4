from django.db import models
from django.db.models.functions import Now


class AuditRun(models.Model):
    """What one audit by the clock found: `broken` is a list of {rule, count, rows}, empty when every rule holds."""

    at = models.DateTimeField(db_default=Now(), editable=False)
    milliseconds = models.PositiveIntegerField()
    rules = models.PositiveIntegerField()
    broken = models.JSONField(default=list)
    drifting = models.PositiveIntegerField(help_text="accounts whose balance is not what their ledger says")
    frozen = models.PositiveIntegerField(help_text="of these, how many this audit froze")

    class Meta:
        indexes = [models.Index(fields=["-at"], name="audit_run_newest")]

    def __str__(self) -> str:
        return f"{len(self.broken)} of {self.rules} rules broken" if self.broken else f"all {self.rules} rules hold"
