from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from billing import subscriptions
from billing.errors import StripeUnavailable
from billing.models import Subscription


class Command(BaseCommand):
    help = "Make plan, status, period and credits what Stripe says now: sync_stripe EMAIL …, or --all who ever paid."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("emails", nargs="*", metavar="EMAIL")
        parser.add_argument("--all", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        emails = options["emails"]
        if bool(emails) == options["all"]:
            raise CommandError("Name users by their e-mail address, or say --all.")
        users = User.objects.order_by("pk")
        if emails:
            users = users.filter(email__in=emails)
            missing = set(emails) - set(users.values_list("email", flat=True))
            if missing:
                raise CommandError(f"There is no user {', '.join(sorted(missing))}.")
        else:
            users = users.exclude(subscription__stripe_customer_id="")
        failed = [user for user in users.iterator() if not self.sync(user)]
        if failed:
            raise CommandError(f"{len(failed)} could not be synced: Stripe does not answer. Run it again.")

    def sync(self, user: User) -> bool:
        try:
            followed = subscriptions.sync(user.pk)
        except StripeUnavailable as refusal:
            self.stderr.write(f"{user.email}: {refusal.message}")
            return False
        now = Subscription.objects.get(pk=user.pk)
        self.stdout.write(f"{user.email}: {now}" if followed else f"{user.email}: never paid, nothing to sync")
        return True
