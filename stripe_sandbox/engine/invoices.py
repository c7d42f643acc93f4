"""Invoices from draft to paid. Paying is asked of a card by way of the invoice's one payment intent."""

from typing import Any

from django.conf import settings

from stripe_sandbox import store
from stripe_sandbox.engine import payment_methods, payments, prorations, reckoning, standing, story
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import Record
from stripe_sandbox.shapes import invoice as shape


def pending_items(customer: str, subscription: str | None) -> list[Record]:
    """Invoice items that no invoice has yet, oldest first: the subscription's and those of the customer alone."""
    waiting = [one for one in store.find("invoiceitem", customer=customer, invoice=None) if _is_for(one, subscription)]
    return waiting[::-1]


def compose(
    customer: Record, lines: list[dict[str, Any]], *, reason: str, period: tuple[int, int],
    subscription: dict[str, Any] | None = None, discounts: list[dict[str, Any]] | None = None, **facts: Any,
) -> dict[str, Any]:  # fmt: skip
    """An invoice that is not saved."""
    id = facts.pop("id", "") or store.new_id("in")
    lines = [{**line, "invoice": id} for line in lines]
    currency = subscription["currency"] if subscription else (lines[0]["currency"] if lines else "usd")
    return shape.build(
        customer=customer.data,
        lines=lines,
        id=id,
        billing_reason=reason,
        created=store.now(customer.clock),
        currency=currency,
        effective_at=None,
        parent=shape.parent_of(subscription["id"], subscription["metadata"]) if subscription else None,
        period_start=period[0],
        period_end=period[1],
        **reckoning.totals(lines, discounts or [], customer.data["balance"] or 0),
        **facts,
    )


def draft(
    customer: Record, lines: list[dict[str, Any]], *, reason: str, period: tuple[int, int],
    subscription: dict[str, Any] | None = None, discounts: list[dict[str, Any]] | None = None,
    finalizes_at: int | None = None, picks_up: bool = True, **facts: Any,
) -> Record:  # fmt: skip
    """A new invoice, with what waits for one. `finalizes_at`: the clock will finalize it and have it paid."""
    waiting = pending_items(customer.id, subscription["id"] if subscription else None) if picks_up else []
    lines = [reckoning.line_of_invoice_item(one.data, one.private.get("credited")) for one in waiting] + lines
    data = compose(
        customer, lines, reason=reason, period=period, subscription=subscription, discounts=discounts,
        automatically_finalizes_at=finalizes_at, **facts,
    )  # fmt: skip
    invoice = store.add(data, due_at=finalizes_at)
    for one in waiting:
        one.data["invoice"] = invoice.id
        story.keep(one)
    if customer.data["currency"] is None:
        customer.data["currency"] = data["currency"]
        story.keep(customer)
    story.tell("invoice.created", invoice)
    return invoice


def add_item(invoice: Record, item: Record) -> Record:
    """Put an invoice item on a draft."""
    if invoice.data["status"] != "draft":
        raise StripeError("You can only add items to an invoice that is a draft.", code="invoice_not_editable")
    line = reckoning.line_of_invoice_item(item.data)
    customer = store.get("customer", invoice.customer)
    with story.changing(invoice) as data:
        lines = [*data["lines"]["data"], {**line, "invoice": invoice.id}]
        data["lines"] = {**data["lines"], "data": lines}
        data.update(reckoning.totals(lines, [], customer.data["balance"] or 0))
    item.data["invoice"] = invoice.id
    story.keep(item)
    return invoice


def delete_draft(invoice: Record) -> None:
    """Its items wait again for an invoice."""
    if invoice.data["status"] != "draft" or invoice.data["parent"]:
        raise StripeError("You can only delete draft invoices that no subscription made.", code="invoice_not_editable")
    for item in store.find("invoiceitem", invoice=invoice.id):
        item.data["invoice"] = None
        story.keep(item)
    story.tell("invoice.deleted", invoice)
    invoice.deleted_at, invoice.due_at = store.now(invoice.clock), None
    invoice.save(update_fields=["deleted_at", "due_at"])


def finalize(invoice: Record, *, auto_advance: bool | None = None) -> Record:
    """Give it its number and its payment intent; one that asks for nothing is paid at once."""
    if invoice.data["status"] != "draft":
        raise StripeError("This invoice is already finalized, you can't re-finalize a non-draft invoice.",
                          code="invoice_not_editable")  # fmt: skip
    at = store.now(invoice.clock)
    customer = store.get("customer", invoice.customer)
    with story.changing(invoice, "invoice.finalized") as data:
        data.update(status="open", effective_at=at, automatically_finalizes_at=None, number=_next_number(customer))
        data["status_transitions"]["finalized_at"] = at
        data["auto_advance"] = data["auto_advance"] if auto_advance is None else auto_advance
        url = f"{getattr(settings, 'STRIPE_API_HOST', '')}/invoices/{invoice.id}"
        data.update(hosted_invoice_url=url, invoice_pdf=f"{url}/pdf")
        _use_balance(customer, data)
        invoice.due_at = None
    subscription = standing.subscription_of(invoice.data)
    if subscription is not None:
        prorations.note_billed(subscription, invoice.data)
    if invoice.data["amount_due"] == 0:
        return mark_paid(invoice)
    method = method_for(invoice)
    payments.link(
        invoice.data,
        payments.open_intent(
            customer=invoice.customer, amount=invoice.data["amount_due"], currency=invoice.data["currency"],
            description=_words(invoice.data), payment_method=method.id if method else None,
            status="requires_confirmation" if method else "requires_payment_method",
            setup_future_usage="off_session" if subscription else None,
        ),
    )  # fmt: skip
    return invoice


def attempt(invoice: Record, *, by_clock: bool, off_session: bool = True, method: Record | None = None,
            authenticated: bool = False) -> str:  # fmt: skip
    """Ask the card once, of all methods the first that there is. Returns the payment intent's status."""
    method = method or method_for(invoice)
    intent = payments.intent_of(invoice.id)
    if intent is None:
        raise StripeError("The invoice has no payment to make.", code="invoice_payment_intent_missing")
    if method is None:
        outcome = payments.DECLINED
    else:
        outcome = payments.attempt(intent, method, off_session=off_session, authenticated=authenticated)
    invoice.data["attempt_count"] += 1 if by_clock or not invoice.data["attempted"] else 0
    if outcome == payments.SUCCEEDED:
        mark_paid(invoice, method)
        return outcome
    _mark_failed(invoice, asked=outcome == payments.REQUIRES_ACTION, by_clock=by_clock)
    return outcome


def pay(
    invoice: Record, payment_method: Record | None = None, *, authenticated: bool = False, off_session: bool = True
) -> Record:
    """Raises StripeError: card_declined, or authentication_required; the failed charge stays written."""
    status = invoice.data["status"]
    if status == "draft":
        finalize(invoice)
    elif status == "paid":
        raise StripeError("Invoice is already paid", code="invoice_already_paid")
    elif status == "void":
        raise StripeError("Invoices with the `void` status cannot be paid.", code="invoice_not_payable")
    if invoice.data["status"] == "paid":
        return invoice
    if payment_method is None and method_for(invoice) is None:
        raise no_method()
    outcome = attempt(
        invoice, by_clock=False, off_session=off_session, method=payment_method, authenticated=authenticated
    )
    if outcome != payments.SUCCEEDED:
        intent = payments.intent_of(invoice.id)
        raise payments.refusal_of(intent)  # type: ignore[arg-type]  # an attempt was made, so there is one
    return invoice


def no_method() -> StripeError:
    return StripeError(
        "This customer has no attached payment source or default payment method. Please consider adding a default "
        "payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-"
        "setting#payment-method-priority.", code="resource_missing",
    )  # fmt: skip


def mark_paid(invoice: Record, method: Record | None = None, *, off_stripe: bool = False) -> Record:
    at = store.now(invoice.clock)
    link = payments.link_of_invoice(invoice.id)
    due = invoice.data["amount_due"]
    if link is not None and not off_stripe:
        with story.changing(link, "invoice_payment.paid") as paid:
            paid.update(status="paid", amount_paid=due)
            paid["status_transitions"] = {**paid["status_transitions"], "paid_at": at}
    with story.changing(invoice, "invoice.updated", "invoice.paid", "invoice.payment_succeeded") as data:
        data.update(status="paid", amount_paid=due, amount_remaining=0, attempted=True, auto_advance=False)
        data.update(next_payment_attempt=None, amount_paid_off_stripe=due if off_stripe else 0)
        data["status_transitions"] = {**data["status_transitions"], "paid_at": at}
        invoice.due_at = None
    standing.after_payment(invoice.data, method)
    return invoice


def void(invoice: Record) -> Record:
    if invoice.data["status"] not in ("open", "uncollectible"):
        raise StripeError("You can only pass in open or uncollectible invoices. This invoice isn't open.")
    _give_back_balance(invoice)
    _close(invoice, "void", "voided_at", "invoice.voided")
    intent = payments.intent_of(invoice.id)
    if intent is not None and intent.data["status"] in payments.OPEN:
        payments.cancel(intent, "void_invoice")
    standing.after_voiding(invoice.data)
    return invoice


def mark_uncollectible(invoice: Record) -> Record:
    if invoice.data["status"] != "open":
        raise StripeError("You can only mark an open invoice as uncollectible.")
    return _close(invoice, "uncollectible", "marked_uncollectible_at", "invoice.marked_uncollectible")


def _close(invoice: Record, status: str, when: str, event: str) -> Record:
    with story.changing(invoice, "invoice.updated", event) as data:
        data.update(status=status, next_payment_attempt=None, auto_advance=False)
        data["status_transitions"] = {**data["status_transitions"], when: store.now(invoice.clock)}
        invoice.due_at = None
    return invoice


def _mark_failed(invoice: Record, *, asked: bool, by_clock: bool) -> None:
    first = invoice.data["billing_reason"] == "subscription_create"
    events = ["invoice.updated"] + (["invoice.payment_action_required"] if asked else [])
    events += [] if asked and first else ["invoice.payment_failed"]
    with story.changing(invoice, *events) as data:
        data["attempted"] = True
        if data["auto_advance"] and (by_clock or data["next_payment_attempt"] is None):
            data["next_payment_attempt"] = standing.next_attempt(data, store.now(invoice.clock))
        invoice.due_at = data["next_payment_attempt"]
    standing.after_failure(invoice.data)


def method_for(invoice: Record) -> Record | None:
    subscription = standing.subscription_of(invoice.data)
    of_subscription = subscription.data["default_payment_method"] if subscription else None
    return payment_methods.paying_for(invoice.customer, invoice.data["default_payment_method"], of_subscription)


def _next_number(customer: Record) -> str:
    number = customer.data["next_invoice_sequence"]
    customer.data["next_invoice_sequence"] = number + 1
    story.keep(customer)
    return f"{customer.data['invoice_prefix']}-{number:04d}"


def _use_balance(customer: Record, data: dict[str, Any]) -> None:
    """Credit pays first; what an invoice gives back becomes credit."""
    before, total = customer.data["balance"] or 0, data["total"]
    due = max(0, total + before)
    ending = min(0, total + before)
    data.update(starting_balance=before, ending_balance=ending, amount_due=due, amount_remaining=due)
    with story.changing(customer) as changed:
        changed["balance"] = ending


def _give_back_balance(invoice: Record) -> None:
    data = invoice.data
    used = data["ending_balance"] - data["starting_balance"]
    if used:
        customer = store.get("customer", invoice.customer)
        with story.changing(customer) as changed:
            changed["balance"] -= used


def _is_for(item: Record, subscription: str | None) -> bool:
    own = ((item.data["parent"] or {}).get("subscription_details") or {}).get("subscription")
    return own is None or own == subscription


def _words(data: dict[str, Any]) -> str:
    return {"subscription_create": "Subscription creation", "manual": f"Payment for Invoice {data['number']}"}.get(
        data["billing_reason"], "Subscription update"
    )
