"""Single sign-on: who has it, what is written of it, and which of it works now."""

import re
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts.models import User
from agents.errors import PlanRequired
from avatarg import sealing
from avatarg.errors import InvalidInput
from billing import entitlements
from billing.plans import PLANS
from sso.models import SingleSignOn

PURPOSE = "avatarg: secrets of single sign-on, 1"
PLANS_WITH_IT = tuple(plan.id for plan in PLANS.values() if plan.single_sign_on)
NAME = re.compile(r"(?=.{4,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}")


def require_plan(user_id: UUID) -> None:
    """Raises PlanRequired."""
    standing = entitlements.standing_of(user_id)
    if not standing.plan.single_sign_on:
        raise PlanRequired(
            _("Single sign-on comes with the %(plan)s plan.") % {"plan": PLANS_WITH_IT[0]},
            required_plan=PLANS_WITH_IT[0], plan=standing.plan.id,
        )  # fmt: skip


def sign_on_of(user_id: UUID) -> SingleSignOn | None:
    return SingleSignOn.objects.filter(owner=user_id).first()


def working() -> QuerySet[SingleSignOn]:
    """Checked by an operator, and the owner's plan has it now; a payment that is late locks nobody out."""
    return SingleSignOn.objects.exclude(checked_at=None).filter(
        owner__is_active=True, owner__subscription__plan__in=PLANS_WITH_IT
    )


def working_for(email: str) -> SingleSignOn | None:
    return working().filter(domain=domain_of(email)).first()


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].strip().lower()


def save_sign_on(
    *, owner_id: UUID, domain: str, issuer: str, client_id: str, client_secret: str, required: bool
) -> SingleSignOn:
    """Write down what a customer tells; an empty secret keeps the one that is there. Safe to repeat.

    Another domain, provider or client must be checked by an operator anew. Raises PlanRequired, InvalidInput.
    """
    require_plan(owner_id)
    if not NAME.fullmatch(domain):
        raise InvalidInput({"domain": [_("Write a domain, such as example.com.")]})
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=owner_id)
        found = SingleSignOn.objects.select_for_update().filter(owner=owner_id).first()
        kept = found or SingleSignOn(owner_id=owner_id)
        told = (domain, issuer, client_id)
        if (kept.domain, kept.issuer, kept.client_id) != told:
            kept.domain, kept.issuer, kept.client_id = told
            kept.checked_at = None
        if client_secret:
            kept.sealed_secret = sealing.seal(client_secret, purpose=PURPOSE)
        kept.required = required
        kept.save()
    return kept


def remove_sign_on(*, owner_id: UUID) -> None:
    """Passwords open again; who never had one asks for it by mail. Safe to repeat."""
    SingleSignOn.objects.filter(owner=owner_id).delete()


def approve(sign_on: SingleSignOn) -> bool:
    """An operator has seen that the domain is the customer's; false when it is checked already.

    Only as it was seen: raises InvalidInput when the customer changed it since, and when another has the domain.
    """
    seen = SingleSignOn.objects.filter(
        pk=sign_on.pk, domain=sign_on.domain, issuer=sign_on.issuer, client_id=sign_on.client_id
    )
    try:
        with transaction.atomic():
            if seen.filter(checked_at=None).update(checked_at=Now()):
                return True
    except IntegrityError:
        raise InvalidInput({"domain": ["another customer has it"]}, f"{sign_on.domain} is another's already.") from None
    if not seen.exists():
        raise InvalidInput({"domain": ["it was changed"]}, f"{sign_on.domain} was changed just now. Look again.")
    return False


def suspend(sign_on: SingleSignOn) -> bool:
    """Whether it had been let work."""
    return bool(SingleSignOn.objects.filter(pk=sign_on.pk).exclude(checked_at=None).update(checked_at=None))


def secret_of(sign_on: SingleSignOn) -> str:
    """Raises sealing.Unreadable."""
    return sealing.unseal(sign_on.sealed_secret, purpose=PURPOSE) if sign_on.sealed_secret else ""
