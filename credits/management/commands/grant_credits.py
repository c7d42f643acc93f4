from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from credits import ledger
from credits.errors import LedgerError
from credits.management.commands.reset_monthly_credits import moment
from credits.models import CreditTransaction


class Command(BaseCommand):
    help = "Grant bonus or purchased credits to one user, once for each reference."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("amount", type=int)
        parser.add_argument("--kind", choices=["bonus", "purchase"], default="bonus")
        parser.add_argument("--reference", required=True, help="names this grant; the same one never grants twice")
        parser.add_argument("--reason", default="", help="what the person reads in the ledger")
        parser.add_argument("--expires", metavar="ISO", help="when what is left lapses; never without it")

    def handle(self, *args: Any, **options: Any) -> None:
        user = get_user_model().objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError(f"There is no user {options['email']}.")
        if options["amount"] <= 0:
            raise CommandError("The amount must be a positive number of credits.")
        kind = CreditTransaction.Type(options["kind"])
        try:
            entry = ledger.grant(
                user_id=user.pk, amount=options["amount"], type=kind.value,
                source=f"grant:{user.pk}:{options['reference']}",
                description=options["reason"] or f"{kind.label.capitalize()} credits",
                expires_at=moment(options["expires"]) if options["expires"] else None,
                metadata={"reference": options["reference"]},
            )  # fmt: skip
        except LedgerError as error:
            raise CommandError(str(error)) from None
        if entry.repeated:
            self.stdout.write(
                f"Reference {options['reference']} was granted before; the balance stays {entry.balance}."
            )
        else:
            self.stdout.write(f"Granted {options['amount']} credits to {user.email}; the balance is {entry.balance}.")
