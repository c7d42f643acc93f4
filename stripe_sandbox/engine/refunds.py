from stripe_sandbox import store
from stripe_sandbox.engine import catalogue, story
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import Record
from stripe_sandbox.shapes import refund as shape


def refund(
    charge: Record, amount: int | None = None, reason: str | None = None, *, metadata: dict[str, str] | None = None
) -> Record:
    """Give money back, all that is left of the charge or an amount of it in cents. Raises StripeError."""
    data = charge.data
    left = data["amount"] - data["amount_refunded"]
    if data["status"] != "succeeded":
        raise StripeError(
            f"Charge {charge.id} was not successful and cannot be refunded.", code="charge_not_refundable"
        )
    if data["disputed"] and not _is_won(charge):
        raise StripeError(f"Charge {charge.id} has been charged back; cannot issue a refund.", code="charge_disputed")
    if left == 0:
        raise StripeError(f"Charge {charge.id} has already been refunded.", code="charge_already_refunded")
    wanted = left if amount is None else amount
    if wanted < 1:
        raise StripeError("Invalid positive integer", code="parameter_invalid_integer", param="amount")
    if wanted > left:
        raise StripeError(
            f"Refund amount ({catalogue.money(wanted, data['currency'])}) is greater than unrefunded amount on charge "
            f"({catalogue.money(left, data['currency'])})", code="amount_too_large", param="amount",
        )  # fmt: skip
    made = store.add(
        shape.build(
            id=store.new_id("re"), charge=data, amount=wanted, reason=reason, metadata=metadata or {},
            created=store.now(charge.clock),
        )
    )  # fmt: skip
    made.customer, made.clock = charge.customer, charge.clock
    store.save(made, "customer", "clock")
    with story.changing(charge, "charge.updated", "charge.refunded") as changed:
        changed["amount_refunded"] += wanted
        changed["refunded"] = changed["amount_refunded"] == changed["amount"]
    story.tell("refund.created", made)
    return made


def _is_won(charge: Record) -> bool:
    dispute = store.find("dispute", charge=charge.id).first()
    return dispute is not None and dispute.data["status"] == "won"
