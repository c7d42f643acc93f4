from typing import Any

from django.core.management.base import BaseCommand

from stripe_sandbox import seed


class Command(BaseCommand):
    help = "Give the Stripe sandbox its products, prices, coupon, portal configuration and webhook endpoint."

    def handle(self, *args: Any, **options: Any) -> None:
        seed.plant()
        self.stdout.write("The sandbox sells PRO, PREMIUM and ENTERPRISE.")
