"""Grants to many at once, and the rights of operators. What was granted is in the ledger; here is who is to get it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

RIGHTS = (
    ("grant_credits", "Can grant credits"),
    ("take_back_credits", "Can take credits back"),
    ("freeze_account", "Can freeze and unfreeze an account"),
    ("anonymise_user", "Can anonymise a user"),
    ("reset_second_factor", "Can remove a user's second factor"),
    ("refund_job", "Can refund a job"),
    ("cancel_job", "Can cancel a job"),
    ("retry_job", "Can run a job again"),
    ("sync_subscription", "Can sync a subscription with Stripe"),
    ("process_event", "Can process a Stripe event again"),
    ("resolve_concern", "Can mark a concern as resolved"),
    ("revoke_key", "Can revoke an API key"),
    ("view_as_user", "Can look at the pages as a user"),
    ("run_campaign", "Can grant credits to many at once"),
)


class Campaign(models.Model):
    """One grant to many. `key` names it: whoever it is granted to gets it once, however often it runs."""

    class Kind(models.TextChoices):
        BONUS = "bonus", "bonus"
        PURCHASE = "purchase", "purchase"

    key = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    amount = models.PositiveIntegerField(help_text="Credits for each.")
    reason = models.CharField(max_length=200, help_text="People read it in their ledger.")
    expires_at = models.DateTimeField(null=True, blank=True)
    chosen_by = models.JSONField(help_text="Plans, addresses and activity that the people were chosen by.")
    people = models.PositiveIntegerField()
    operator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ("view",)
        permissions = RIGHTS
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="campaign_grants_something")]

    def __str__(self) -> str:
        return self.key


class Recipient(models.Model):
    """Somebody who is to get a campaign's credits. `error` is why the ledger did not take it."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="recipients", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, db_default="")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["campaign", "user"], name="one_grant_a_campaign_and_user")]
        indexes = [
            models.Index(
                fields=["campaign", "user"], condition=Q(granted_at=None, error=""), name="recipient_still_to_come"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} of {self.campaign_id}"
