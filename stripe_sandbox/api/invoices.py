"""Invoices: listed, made by hand, finalized, paid, given up, and shown before they are made."""

from typing import Any

from stripe_sandbox import store
from stripe_sandbox.api import fields
from stripe_sandbox.api import subscriptions as of_subscriptions
from stripe_sandbox.engine import invoices, payment_methods, payments, previews, story
from stripe_sandbox.errors import StripeError, parameter_invalid, parameter_missing
from stripe_sandbox.models import Record
from stripe_sandbox.params import Params
from stripe_sandbox.router import PAGING, Call, endpoint, expansion, list_of
from stripe_sandbox.shapes.blank import listing

STATUSES = ("draft", "open", "paid", "uncollectible", "void")
SETTINGS = ("auto_advance", "default_payment_method", "description", "footer", "metadata")


@endpoint("GET", "/v1/invoices", takes=(*PAGING, "collection_method", "created", "customer", "status", "subscription"))
def list_all(call: Call) -> dict[str, Any]:
    params = call.params
    params.choice("status", STATUSES)
    found = store.find("invoice", **fields.texts(params, "customer", "status", "collection_method"))
    if "subscription" in params:
        found = found.filter(data__parent__subscription_details__subscription=params.text("subscription"))
    return list_of(found, call)


@endpoint("POST", "/v1/invoices", takes=(*SETTINGS, "collection_method", "currency", "customer", "subscription",
                                         "pending_invoice_items_behavior"))  # fmt: skip
def create(call: Call) -> dict[str, Any]:
    params = call.params
    customer = store.get("customer", params.needed("customer"), param="customer", status=400)
    if params.choice("collection_method", ("charge_automatically", "send_invoice")) == "send_invoice":
        raise parameter_invalid("collection_method", "The sandbox only has collection_method=charge_automatically.")
    subscription = None
    if params.text("subscription"):
        subscription = store.get("subscription", params.needed("subscription"), param="subscription", status=400).data
    picks = params.choice("pending_invoice_items_behavior", ("exclude", "include"), "exclude") == "include"
    at = store.now(customer.clock)
    return invoices.draft(
        customer, [], reason="manual", period=(at, at), subscription=subscription,
        picks_up=picks or subscription is not None, **{"auto_advance": False, **_settings(params, customer.id)},
    ).data  # fmt: skip


@endpoint(
    "POST", "/v1/invoices/create_preview",
    takes=("currency", "customer", "discounts", "preview_mode", "subscription", "subscription_details"),
)  # fmt: skip
def create_preview(call: Call) -> dict[str, Any]:
    params = call.params
    if params.choice("preview_mode", ("next", "recurring"), "next") == "recurring":
        raise parameter_invalid("preview_mode", "The sandbox only previews the next invoice.")
    details = params.inner("subscription_details")
    details.refuse_unknown(("billing_cycle_anchor", "items", "proration_behavior", "proration_date"))
    id = params.text("subscription") or _only_subscription(params, details)
    if not id:
        customer = store.get("customer", params.needed("customer"), param="customer", status=400)
        offers = [of_subscriptions.offer_of(row) for row in params.inners("discounts")]
        rows = details.inners("items")
        if not rows:
            raise previews.nothing_to_invoice(customer.id)
        return previews.of_beginning(customer, [of_subscriptions.price_of(row) for row in rows], offers)
    if "discounts" in params:
        raise parameter_invalid("discounts", "The sandbox previews a subscription with the discounts that it has.")
    found = store.get("subscription", id, param="subscription", status=400)
    return _preview_of(found, details)


@endpoint("GET", "/v1/invoices/{invoice}")
def retrieve(call: Call, invoice: str) -> dict[str, Any]:
    return store.get("invoice", invoice).data


@endpoint("POST", "/v1/invoices/{invoice}", takes=SETTINGS)
def update(call: Call, invoice: str) -> dict[str, Any]:
    found = store.get("invoice", invoice)
    settings = _settings(call.params, found.customer, found.data["metadata"])
    with story.changing(found) as data:
        data.update(settings)
    return found.data


@endpoint("DELETE", "/v1/invoices/{invoice}")
def delete(call: Call, invoice: str) -> dict[str, Any]:
    invoices.delete_draft(store.get("invoice", invoice))
    return {"id": invoice, "object": "invoice", "deleted": True}


@endpoint("GET", "/v1/invoices/{invoice}/lines", takes=PAGING)
def list_lines(call: Call, invoice: str) -> dict[str, Any]:
    """All of them: an invoice of the sandbox is short."""
    lines = store.get("invoice", invoice).data["lines"]["data"]
    ids = [line["id"] for line in lines]
    after = call.params.text("starting_after")
    if after and after not in ids:
        raise parameter_invalid("starting_after", f"No such line item: '{after}'")
    return {**listing(lines[ids.index(after) + 1 if after else 0 :], call.path)}


@endpoint("POST", "/v1/invoices/{invoice}/finalize", takes=("auto_advance",))
def finalize(call: Call, invoice: str) -> dict[str, Any]:
    given = call.params.boolean("auto_advance") if "auto_advance" in call.params else None
    return invoices.finalize(store.get("invoice", invoice), auto_advance=given).data


@endpoint("POST", "/v1/invoices/{invoice}/pay", takes=("off_session", "paid_out_of_band", "payment_method"))
def pay(call: Call, invoice: str) -> dict[str, Any]:
    found, params = store.get("invoice", invoice), call.params
    if params.boolean("paid_out_of_band"):
        return _pay_elsewhere(found).data
    id = params.text("payment_method")
    try:
        return invoices.pay(
            found, method_named(id, found.customer) if id else None, off_session=params.boolean("off_session", True)
        ).data
    except StripeError as error:
        raise _said_of_invoice(error) from None


@endpoint("POST", "/v1/invoices/{invoice}/void")
def void(call: Call, invoice: str) -> dict[str, Any]:
    return invoices.void(store.get("invoice", invoice)).data


@endpoint("POST", "/v1/invoices/{invoice}/mark_uncollectible")
def mark_uncollectible(call: Call, invoice: str) -> dict[str, Any]:
    return invoices.mark_uncollectible(store.get("invoice", invoice)).data


@expansion("invoice", "payments")
def payments_of(invoice: dict[str, Any]) -> dict[str, Any]:
    links = [one.data for one in store.find("invoice_payment", invoice=invoice["id"])]
    return listing(links, f"/v1/invoice_payments?invoice={invoice['id']}")


@expansion("invoice", "confirmation_secret")
def secret_of(invoice: dict[str, Any]) -> dict[str, Any] | None:
    intent = payments.intent_of(invoice["id"])
    return {"client_secret": intent.data["client_secret"], "type": "payment_intent"} if intent else None


def method_named(id: str, customer: str) -> Record:
    """A payment method of the customer's; one that is nobody's becomes it."""
    method = payment_methods.resolve(id, customer=customer)
    if method.data["customer"] is None:
        return payment_methods.attach(method, store.get("customer", customer))
    return payment_methods.owned(method.id, customer, param="payment_method")


def _only_subscription(params: Params, details: Params) -> str | None:
    """Without a subscription named and without items, Stripe takes the customer's."""
    if details.items("items"):
        return None
    if not params.text("customer"):
        raise parameter_missing("customer")
    own = store.find("subscription", customer=params.text("customer")).exclude(data__status__in=["canceled"])
    found = own.first()
    return found.id if found else None


def _preview_of(found: Record, details: Params) -> dict[str, Any]:
    anchor = details.choice("billing_cycle_anchor", ("now", "unchanged"), "unchanged") == "now"
    wanted = [of_subscriptions.change_of(found, row) for row in details.inners("items")]
    if not wanted and not anchor:
        return previews.of_renewal(found)
    behaviour = details.choice("proration_behavior", of_subscriptions.PRORATIONS, "create_prorations") or ""
    return previews.of_change(
        found, wanted, proration_behavior=behaviour, proration_date=details.integer("proration_date"), anchor_now=anchor
    )


def _settings(params: Params, customer: str, metadata: dict[str, str] | None = None) -> dict[str, Any]:
    found = fields.texts(params, "description", "footer") | fields.booleans(params, "auto_advance")
    if "default_payment_method" in params:
        id = params.text("default_payment_method")
        found["default_payment_method"] = payment_methods.owned(id, customer).id if id else None
    return found | fields.metadata(params, metadata)


def _pay_elsewhere(found: Record) -> Record:
    if found.data["status"] == "draft":
        invoices.finalize(found)
    if found.data["status"] != "open":
        raise StripeError("Invoice is already paid", code="invoice_already_paid")
    intent = payments.intent_of(found.id)
    if intent is not None:
        payments.cancel(intent)
    return invoices.mark_paid(found, off_stripe=True)


def _said_of_invoice(error: StripeError) -> StripeError:
    """Stripe's own code where an invoice's payment waits for its owner."""
    if error.code == "authentication_required":
        error.code = error.error["code"] = "invoice_payment_intent_requires_action"
        error.error["message"] = (
            "This payment requires additional user action before it can be completed successfully. Payment can be "
            "completed using the PaymentIntent associated with the invoice."
        )
    return error
