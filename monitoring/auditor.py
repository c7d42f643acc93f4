"""The law, looked after by the clock: who drifts is stopped before the drift is spent, and an operator is told."""

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import mail_admins
from django.db import connection, transaction
from django.db.models.functions import Now

from billing import concerns
from billing.models import Concern
from credits import audit, ledger
from credits.audit import Finding, Rule
from credits.models import CreditAccount
from jobs.rules import EVERY_RULE
from monitoring.models import AuditRun

log = logging.getLogger(__name__)
MOST_CONCERNS = 200


@dataclass(frozen=True, slots=True)
class Look:
    """Of one snapshot: the rules that are broken, and for each account that drifts the rules it breaks."""

    rules: int
    broken: list[Finding]
    drifting: dict[UUID, list[str]]


def look(rules: Iterable[Rule]) -> Look:
    """Reads one snapshot, so what a person does meanwhile is never taken for a drift."""
    wanted, broken, drifting = list(rules), [], dict[UUID, list[str]]()
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for rule in wanted:
            finding = audit.check(rule, cursor)
            if finding.holds:
                continue
            broken.append(finding)
            for account in audit.accounts_that_break(rule, cursor):
                drifting.setdefault(account, []).append(rule.name)
    return Look(len(wanted), broken, drifting)


def run_audit(rules: Iterable[Rule] = EVERY_RULE) -> AuditRun:
    """Check every rule, freeze the accounts that drift and no other, and leave word for operators. Safe to repeat.

    At most AUDIT_MOST_FROZEN accounts are frozen at once: a fault that touches more is ours, not theirs, and is told
    without shutting everybody out.
    """
    began = time.monotonic()
    seen = look(rules)
    frozen = 0
    if len(seen.drifting) <= settings.AUDIT_MOST_FROZEN:
        frozen = sum(froze(account, names) for account, names in seen.drifting.items())
    else:
        log.error("%d accounts drift: more than may be frozen at once, so none was.", len(seen.drifting))
    keep_concerns(seen.drifting)
    run = AuditRun.objects.create(
        milliseconds=round((time.monotonic() - began) * 1000), rules=seen.rules, broken=list(map(told, seen.broken)),
        drifting=len(seen.drifting), frozen=frozen,
    )  # fmt: skip
    if seen.broken:
        tell_operators(run)
    return run


def froze(account: UUID, names: list[str]) -> bool:
    """Whether it was this call that froze it."""
    if not CreditAccount.objects.filter(pk=account, frozen_at=None).exists():
        return False
    ledger.freeze(account)
    log.error("The account %s was frozen: %s", account, "; ".join(names))
    return True


def keep_concerns(drifting: dict[UUID, list[str]]) -> None:
    """Open for who drifts, closed for who does no more: a healed account stays frozen until an operator thaws it."""
    for account, names in list(drifting.items())[:MOST_CONCERNS]:
        concerns.raise_concern(
            kind=Concern.Kind.LEDGER_DRIFT, subject=str(account), user_id=account, detail="Broken: " + "; ".join(names)
        )
    healed = Concern.objects.filter(kind=Concern.Kind.LEDGER_DRIFT, resolved_at=None)
    healed.exclude(subject__in=[str(account) for account in drifting]).update(resolved_at=Now())


def told(finding: Finding) -> dict[str, Any]:
    return {"rule": finding.rule.name, "count": finding.count, "rows": list(finding.rows)}


def tell_operators(run: AuditRun) -> None:
    """By the log, and so by Sentry, and by mail to OPERATOR_EMAILS; a mail server that is away hides nothing."""
    lines = [f"{one['rule']}: {one['count']} rows" for one in run.broken]
    log.error("The audit found %s: %s", run, "; ".join(lines))
    text = "\n".join([f"{run}. {run.frozen} accounts were frozen.", "", *lines, "", f"{settings.SITE_URL}/admin/"])
    try:
        mail_admins("The ledger needs a look", text)
    except OSError as error:
        log.warning("The mail to operators was not sent: %s", type(error).__name__)
