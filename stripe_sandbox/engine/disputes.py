"""Charges that their card's owner disputes: money goes at once, and comes back if the dispute is won."""

from stripe_sandbox import store
from stripe_sandbox.engine import reckoning, story
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import Record
from stripe_sandbox.shapes import dispute as shape

DAYS_TO_ANSWER = 9


def open_dispute(charge: Record, *, reason: str = "fraudulent") -> Record:
    """Raises StripeError for a charge that cannot be disputed or is already."""
    data = charge.data
    if data["status"] != "succeeded" or data["disputed"]:
        raise StripeError(
            f"Charge {charge.id} cannot be disputed.", code="charge_disputed" if data["disputed"] else None
        )
    at = store.now(charge.clock)
    made = store.add(
        shape.build(
            id=store.new_id("du"), charge=data, reason=reason, created=at,
            due_by=at + reckoning.days(DAYS_TO_ANSWER),
        )
    )  # fmt: skip
    made.customer, made.clock = charge.customer, charge.clock
    store.save(made, "customer", "clock")
    charge.due_at = None
    with story.changing(charge) as changed:
        changed["disputed"] = True
    story.tell("charge.dispute.created", made)
    story.tell("charge.dispute.funds_withdrawn", made)
    return made


def close(dispute: Record, *, won: bool) -> Record:
    if dispute.data["status"] in ("won", "lost"):
        raise StripeError(f"This dispute is already closed as {dispute.data['status']}.")
    with story.changing(dispute, "charge.dispute.updated", "charge.dispute.closed") as data:
        data["status"] = "won" if won else "lost"
        data["evidence_details"] = {**data["evidence_details"], "due_by": None}
    if won:
        story.tell("charge.dispute.funds_reinstated", dispute)
    return dispute


def answer(dispute: Record, evidence: dict[str, str], *, submit: bool) -> Record:
    """Keep evidence. As in Stripe's test mode, winning_evidence or losing_evidence, submitted, decide at once."""
    with story.changing(dispute) as data:
        data["evidence"] = {**data["evidence"], **evidence}
        given = data["evidence_details"]
        data["evidence_details"] = {**given, "has_evidence": True}
        if submit:
            data["evidence_details"]["submission_count"] = given["submission_count"] + 1
            data["status"] = "under_review"
    verdict = evidence.get("uncategorized_text")
    if submit and verdict in ("winning_evidence", "losing_evidence"):
        close(dispute, won=verdict == "winning_evidence")
    return dispute


def step(charge: Record) -> None:
    """A card that disputes what it pays does so as soon as the clock gets to it."""
    if charge.data["disputed"] or charge.data["refunded"]:
        charge.due_at = None
        story.keep(charge)
        return
    open_dispute(charge, reason=charge.private.get("dispute") or "fraudulent")
