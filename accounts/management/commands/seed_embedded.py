from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User

DEMO = ("demo@avatarg.test", "avatarg-demo")
OPERATOR = ("admin@avatarg.test", "avatarg-admin")


class Command(BaseCommand):
    help = "Make the two accounts of the embedded run. Refused anywhere else; safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError("These accounts exist in the embedded run only.")
        for (email, password), make in ((DEMO, User.objects.create_user), (OPERATOR, User.objects.create_superuser)):
            if not User.objects.filter(email=email).exists():
                make(email, password)
        self.stdout.write(f"{DEMO[0]} and {OPERATOR[0]} are there.")
