"""The rules of the ledger (PRODUCT, 7) that its own tables can show."""

from django.db.models import CheckConstraint, UniqueConstraint

from credits.audit import Rule, guards, names_in
from credits.models import CreditAccount, CreditDebt, CreditLot, CreditSplit, CreditTransaction

DECLARED = [
    constraint
    for model in (CreditAccount, CreditLot, CreditTransaction, CreditSplit, CreditDebt)
    for constraint in model._meta.constraints
]
CHECKS = [constraint.name for constraint in DECLARED if isinstance(constraint, CheckConstraint)]
INDEXES = [constraint.name for constraint in DECLARED if isinstance(constraint, UniqueConstraint)]
APPENDED = ("credits_credittransaction", "credits_creditsplit")
KEPT = ("credits_creditaccount", "credits_creditlot", "credits_creditdebt")

BALANCES = [
    Rule(
        "a balance is the sum of its ledger",
        """
        SELECT user_id, balance, coalesce(ledger.amount, 0) AS ledger FROM credits_creditaccount LEFT JOIN
          (SELECT account_id, sum(amount) AS amount FROM credits_credittransaction GROUP BY 1) ledger
          ON ledger.account_id = user_id
        WHERE balance <> coalesce(ledger.amount, 0)""",
        account="user_id",
    ),
    Rule(
        "a balance is what its open lots hold",
        """
        SELECT user_id, balance, coalesce(lots.held, 0) AS open_lots FROM credits_creditaccount LEFT JOIN
          (SELECT account_id, sum(remaining) AS held FROM credits_creditlot WHERE closed_at IS NULL GROUP BY 1) lots
          ON lots.account_id = user_id
        WHERE balance <> coalesce(lots.held, 0)""",
        account="user_id",
    ),
    Rule(
        "no balance is negative",
        """
        SELECT user_id, balance, NULL::bigint AS ledger_row FROM credits_creditaccount WHERE balance < 0
        UNION ALL SELECT account_id, balance_after, id FROM credits_credittransaction WHERE balance_after < 0""",
        account="user_id",
    ),
    Rule(
        "each ledger row goes on from the balance before it",
        """
        SELECT account_id, id AS ledger_row, before, amount, balance_after FROM (
          SELECT *, coalesce(lag(balance_after) OVER (PARTITION BY account_id ORDER BY id), 0) AS before
          FROM credits_credittransaction) chain
        WHERE before + amount <> balance_after""",
        account="account_id",
    ),
    Rule(
        "credits spent are charges of jobs less refunds",
        """
        SELECT user_id, total_spent, coalesce(ledger.spent, 0) AS ledger FROM credits_creditaccount LEFT JOIN
          (SELECT account_id, -sum(amount) AS spent FROM credits_credittransaction
           WHERE job_id IS NOT NULL AND type IN ('deduction', 'refund') GROUP BY 1) ledger
          ON ledger.account_id = user_id
        WHERE total_spent <> coalesce(ledger.spent, 0)""",
        account="user_id",
    ),
    Rule(
        "credits earned are refills, bonuses and purchases",
        """
        SELECT user_id, total_earned, coalesce(ledger.earned, 0) AS ledger FROM credits_creditaccount LEFT JOIN
          (SELECT account_id, sum(amount) AS earned FROM credits_credittransaction
           WHERE type IN ('refill', 'bonus', 'purchase') GROUP BY 1) ledger ON ledger.account_id = user_id
        WHERE total_earned <> coalesce(ledger.earned, 0)""",
        account="user_id",
    ),
]

LOTS = [
    Rule(
        "a ledger row is split over lots without a rest",
        """
        SELECT id AS ledger_row, amount, coalesce(splits.total, 0) AS splits FROM credits_credittransaction LEFT JOIN
          (SELECT transaction_id, sum(amount) AS total FROM credits_creditsplit GROUP BY 1) splits
          ON splits.transaction_id = id
        WHERE amount <> coalesce(splits.total, 0)""",
    ),
    Rule(
        "a lot holds the sum of its splits",
        """
        SELECT id AS lot, remaining, coalesce(splits.amount, 0) AS splits FROM credits_creditlot LEFT JOIN
          (SELECT lot_id, sum(amount) AS amount FROM credits_creditsplit GROUP BY 1) splits ON splits.lot_id = id
        WHERE remaining <> coalesce(splits.amount, 0)""",
    ),
    Rule(
        "a lot was granted what its splits say",
        """
        SELECT lot.id AS lot, granted, coalesce(splits.given, 0) AS given FROM credits_creditlot lot LEFT JOIN
          (SELECT split.lot_id, coalesce(
             sum(split.amount) FILTER (WHERE entry.type IN ('refill', 'bonus', 'purchase')),
             (array_agg(split.amount ORDER BY entry.id))[1]) AS given
           FROM credits_creditsplit split JOIN credits_credittransaction entry ON entry.id = split.transaction_id
           GROUP BY 1) splits ON splits.lot_id = lot.id
        WHERE granted <> coalesce(splits.given, 0)""",
    ),
    Rule(
        "a ledger row moves lots of its own account",
        """
        SELECT entry.id AS ledger_row, entry.account_id, lot.id AS lot, lot.account_id AS lot_account
        FROM credits_creditsplit JOIN credits_credittransaction entry ON entry.id = transaction_id
          JOIN credits_creditlot lot ON lot.id = lot_id
        WHERE lot.account_id <> entry.account_id""",
        account="account_id",
    ),
    Rule(
        "a lot that is closed is empty",
        "SELECT id AS lot, remaining FROM credits_creditlot WHERE closed_at IS NOT NULL AND remaining <> 0",
    ),
    Rule(
        "a source grants once",
        "SELECT source, count(*) AS lots FROM credits_creditlot GROUP BY 1 HAVING count(*) > 1",
    ),
    Rule(
        "one allowance is open at a time",
        """
        SELECT account_id, count(*) AS allowances FROM credits_creditlot
        WHERE closed_at IS NULL AND kind = 'allowance' AND source NOT LIKE 'refund:%' GROUP BY 1 HAVING count(*) > 1""",
        account="account_id",
    ),
]

ROWS = [
    Rule(
        "the sign of an amount fits its type",
        """
        SELECT id AS ledger_row, type, amount FROM credits_credittransaction
        WHERE amount = 0 OR (amount < 0) <> (type IN ('deduction', 'expiry'))""",
    ),
    Rule(
        "a job is charged once and refunded once",
        """
        SELECT job_id, type, count(*) AS times FROM credits_credittransaction
        WHERE job_id IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1""",
    ),
    Rule(
        "a refund lies within the charge of its job",
        """
        SELECT refund.id AS ledger_row, refund.job_id, refund.amount, -charge.amount AS charged
        FROM credits_credittransaction refund LEFT JOIN credits_credittransaction charge
          ON charge.job_id = refund.job_id AND charge.type = 'deduction' AND charge.account_id = refund.account_id
        WHERE refund.type = 'refund' AND (charge.id IS NULL OR refund.amount > -charge.amount)""",
    ),
    Rule(
        "credits taken without a job have a reason",
        """
        SELECT id AS ledger_row, account_id, amount FROM credits_credittransaction
        WHERE type = 'deduction' AND job_id IS NULL AND coalesce(metadata ->> 'reason', '') = ''""",
    ),
]

PERIODS = [
    Rule(
        "a period by the calendar is a whole number of months from its anchor",
        """
        SELECT user_id, anchor_at, period_started_at, next_reset_at, fit.started_at, fit.ends_at
        FROM credits_creditaccount, credit_period(anchor_at, period_started_at) fit
        WHERE renewal = 'calendar' AND (period_started_at, next_reset_at) <> (fit.started_at, fit.ends_at)""",
    ),
    Rule(
        "an account knows when it falls due",
        """
        SELECT user_id, account.due_at, fit.due_at AS fit_due_at FROM credits_creditaccount account LEFT JOIN
          (SELECT account_id, min(expires_at) AS at FROM credits_creditlot
           WHERE closed_at IS NULL AND kind <> 'allowance' GROUP BY 1) lapse ON lapse.account_id = user_id,
          least(CASE renewal WHEN 'calendar' THEN next_reset_at END, lapse.at) fit (due_at)
        WHERE account.due_at IS DISTINCT FROM fit.due_at""",
    ),
    Rule(
        "no account has been due for more than an hour",
        """
        SELECT user_id, due_at, next_reset_at FROM credits_creditaccount
        WHERE due_at < statement_timestamp() - interval '1 hour'""",
    ),
]

GUARDS = [
    guards(
        "the ledger refuses changes",
        [(table, "append_only") for table in APPENDED]
        + [(table, "kept") for table in KEPT]
        + [(table, "kept_whole") for table in APPENDED + KEPT],
    ),
    Rule(
        "the ledger's checks stand",
        names_in("SELECT conname FROM pg_constraint WHERE contype = 'c' AND convalidated", CHECKS),
    ),
    Rule(
        "the ledger's unique indexes stand",
        names_in(
            "SELECT relname FROM pg_index JOIN pg_class ON oid = indexrelid WHERE indisunique AND indisvalid", INDEXES
        ),
    ),
]

RULES = [*BALANCES, *LOTS, *ROWS, *PERIODS, *GUARDS]
