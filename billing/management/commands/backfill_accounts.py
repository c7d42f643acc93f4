from collections import Counter
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db.models import Q

from billing import subscriptions


class Command(BaseCommand):
    help = "Give profile, FREE plan and 100 credits to users who lack any of them. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        lacking = get_user_model().objects.filter(Q(profile=None) | Q(subscription=None) | Q(credit_account=None))
        given: Counter[str] = Counter()
        for user_id in lacking.values_list("pk", flat=True).iterator():
            given.update(subscriptions.provision(user_id))
        told = ", ".join(f"{count} {name}" for name, count in sorted(given.items())) or "nothing was missing"
        self.stdout.write(f"Backfilled: {told}.")
