"""What every user has, for `manage.py audit`."""

from billing.plans import PLANS
from credits.audit import Rule, guards

PARTS = {
    "a profile": "accounts_profile",
    "a subscription": "billing_subscription",
    "a credit account": "credits_creditaccount",
}
ALLOWANCES = ", ".join(f"('{plan.id}', {plan.credits})" for plan in PLANS.values())

RULES = [
    *(
        Rule(
            f"every user has {part}",
            f"SELECT id AS user_id FROM accounts_user WHERE NOT EXISTS (SELECT FROM {table} WHERE user_id = id)",  # noqa: S608
        )
        for part, table in PARTS.items()
    ),
    Rule(
        "an allowance by the calendar is that of the plan",
        f"""
        SELECT account.user_id, plan, monthly_allowance, credits AS right_allowance
        FROM credits_creditaccount account JOIN billing_subscription USING (user_id)
          JOIN (VALUES {ALLOWANCES}) plans (plan, credits) USING (plan)
        WHERE renewal = 'calendar' AND monthly_allowance <> credits""",  # noqa: S608  (the plans are ours)
    ),
    guards("the database provides for new users", [("accounts_user", "provisioned")]),
]
