"""What an operator may do to a person's account. Each is asked for with a reason and written into the audit trail."""

from datetime import UTC, date, datetime, time
from uuid import UUID

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import people
from accounts.models import User
from avatarg.acts import Act, Case, Done, ReasonForm
from billing import subscriptions
from credits import ledger, selectors
from credits.errors import InsufficientCredits
from operators.errors import NotThisOne

MOST_CREDITS = 1_000_000


def end_of(day: date | None) -> datetime | None:
    """Credits that expire on a day are there until it has passed, in UTC."""
    return datetime.combine(day, time.max.replace(microsecond=0), UTC) if day else None


def clean_day(day: date | None) -> date | None:
    if day and day < timezone.now().date():
        raise ValidationError("That day has passed.")
    return day


class GrantForm(ReasonForm):
    amount = forms.IntegerField(min_value=1, max_value=MOST_CREDITS, label="Credits")
    expires_on = forms.DateField(
        required=False, widget=AdminDateWidget, help_text="The last day to spend them. Left empty, they never expire."
    )
    field_order = ("key", "amount", "reason", "expires_on")

    def clean_expires_on(self) -> date | None:
        return clean_day(self.cleaned_data["expires_on"])


class TakeBackForm(ReasonForm):
    amount = forms.IntegerField(min_value=1, max_value=MOST_CREDITS, label="Credits")
    field_order = ("key", "amount", "reason")


def locked(user_id: UUID) -> User:
    """Two operators who act on one person do so one after the other."""
    return User.objects.select_for_update(no_key=True).get(pk=user_id)


def grant(case: Case) -> Done:
    entry = ledger.grant(
        user_id=case.target.pk, amount=case.told["amount"], type="bonus", source=f"operator:{case.key}",
        description=case.reason, expires_at=end_of(case.told["expires_on"]), metadata=case.metadata,
    )  # fmt: skip
    if entry.repeated:
        return Done(f"Had been granted before. The balance stays {entry.balance}.", False)
    return Done(f"Granted {case.told['amount']} credits. The balance is {entry.balance}.")


def take_back(case: Case) -> Done:
    try:
        entry = ledger.take_back(
            user_id=case.target.pk, amount=case.told["amount"], reason=case.reason, reference=f"operator:{case.key}",
            metadata=case.metadata,
        )  # fmt: skip
    except InsufficientCredits as refusal:
        raise NotThisOne(f"Only {refusal.metadata['available']} credits are there to take back.") from refusal
    if entry.repeated:
        return Done(f"Had been taken back before. The balance stays {entry.balance}.", False)
    return Done(f"Took back {case.told['amount']} credits. The balance is {entry.balance}.")


def freeze(case: Case) -> Done:
    locked(case.target.pk)
    if selectors.account_of(case.target.pk).frozen_at:
        return Done("Was frozen already.", False)
    ledger.freeze(case.target.pk)
    return Done("Frozen: nothing can be charged, and no job started.")


def unfreeze(case: Case) -> Done:
    locked(case.target.pk)
    if not selectors.account_of(case.target.pk).frozen_at:
        return Done("Was not frozen.", False)
    ledger.freeze(case.target.pk, frozen=False)
    return Done("Unfrozen: jobs can be started again.")


def sync(case: Case) -> Done:
    if subscriptions.sync(case.target.pk):
        return Done("Plan, status and credits are now as Stripe has them.")
    return Done("Never paid: there is nothing to sync.", False)


def anonymise(case: Case) -> Done:
    user = locked(case.target.pk)
    if user.pk == case.operator_id:
        raise NotThisOne("This is you.")
    if user.is_superuser:
        raise NotThisOne("Superusers are not anonymised. Take that right away first.")
    if user.subscription.stripe_subscription_id:
        raise NotThisOne("Still pays: end the subscription in Stripe first.")
    if user.email == people.anonymous_address(user):
        return Done("Was anonymous already.", False)
    people.anonymise(user)
    case.target.refresh_from_db()  # the trail would name them
    return Done("Anonymised. Ledger and jobs stay.")


def reset_second_factor(case: Case) -> Done:
    user = locked(case.target.pk)
    if user.is_superuser and user.pk != case.operator_id:
        raise NotThisOne("A superuser's second factor is removed on the server only.")
    gone, _ = Authenticator.objects.filter(user=user).delete()
    if not gone:
        return Done("There was no second factor: nothing to remove.", False)
    return Done("The second factor is gone: they sign in with their password and set up a new one.")


def balance(user: User) -> str:
    account = user.credit_account
    return f"{account.balance} credits on {user.subscription.plan}{', frozen' if account.frozen_at else ''}"


ON_PEOPLE = (
    Act(
        "grant", "Grant credits", "operators.grant_credits",
        "A bonus for everybody listed. They read the reason in their ledger.", grant, GrantForm, about=balance,
    ),
    Act(
        "take-back", "Take back credits", "operators.take_back_credits",
        "At most what is there. They read the reason in their ledger.", take_back, TakeBackForm, about=balance,
    ),
    Act(
        "freeze", "Freeze", "operators.freeze_account",
        "Refuses every charge until the account is unfrozen. Credits still come in and back.", freeze, about=balance,
        offered=lambda user: not user.credit_account.frozen_at,
    ),
    Act(
        "unfreeze", "Unfreeze", "operators.freeze_account", "Jobs can be started again.", unfreeze, about=balance,
        offered=lambda user: user.credit_account.frozen_at is not None,
    ),
    Act(
        "sync", "Sync with Stripe", "operators.sync_subscription",
        "Plan, status and credits become what Stripe has now.", sync, about=balance,
    ),
    Act(
        "anonymise", "Anonymise", "operators.anonymise_user",
        "Forgets who they were, for good. Ledger and jobs stay.", anonymise, about=balance,
    ),
    Act(
        "reset-second-factor", "Remove second factor", "operators.reset_second_factor",
        "For who lost phone and recovery codes. Be sure that it is really them who ask.", reset_second_factor,
    ),
)  # fmt: skip
