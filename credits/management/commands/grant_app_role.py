from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction
from psycopg import sql

LEDGER = (
    "credits_creditaccount", "credits_creditlot", "credits_credittransaction", "credits_creditsplit",
    "credits_creditdebt",
)  # fmt: skip
RECORDED = ("metrics_planchange",)  # by triggers, as the owner of the tables
WRITERS = (
    "lock_credit_account", "deduct_credits", "refund_credits", "add_credits", "take_back_credits",
    "start_credit_period", "resize_allowance", "claw_back_credits",
    "reset_monthly_credits", "freeze_credits", "provision_user",
)  # fmt: skip


class Command(BaseCommand):
    help = (
        "Give the application's database role what it needs: everything on ordinary tables, on the ledger only "
        "reading and calling its functions. Run as the owner of the tables, after each migrate."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role")

    def handle(self, *args: Any, **options: Any) -> None:
        role = sql.Identifier(options["role"])
        ledger = sql.SQL(", ").join(map(sql.Identifier, LEDGER + RECORDED))
        writers = sql.SQL(", ").join(map(sql.Identifier, WRITERS))
        statements = [
            sql.SQL("GRANT USAGE ON SCHEMA public TO {role}"),
            sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"),
            sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"),
            sql.SQL("REVOKE INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON {ledger} FROM {role}"),
            sql.SQL("GRANT EXECUTE ON FUNCTION {writers} TO {role}"),
        ]
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement.format(role=role, ledger=ledger, writers=writers).as_string())
        self.stdout.write(f"{options['role']} may use the tables and call the ledger's functions.")
