"""Invoice items: what the next invoice of a customer will also ask for, or give back."""

from typing import Any

from stripe_sandbox import store
from stripe_sandbox.api import fields
from stripe_sandbox.engine import invoices, story
from stripe_sandbox.errors import StripeError, parameter_missing
from stripe_sandbox.models import Record
from stripe_sandbox.router import PAGING, Call, endpoint, list_of
from stripe_sandbox.shapes import invoiceitem as shape
from stripe_sandbox.shapes import line_item


@endpoint(
    "POST", "/v1/invoiceitems",
    takes=("amount", "currency", "customer", "description", "discountable", "invoice", "metadata", "period", "pricing",
           "quantity", "subscription"),
)  # fmt: skip
def create(call: Call) -> dict[str, Any]:
    params = call.params
    customer = store.get("customer", params.needed("customer"), param="customer", status=400)
    at = store.now(customer.clock)
    period, subscription = params.inner("period"), params.text("subscription")
    if subscription:
        store.get("subscription", subscription, param="subscription", status=400)
    made = store.add(
        shape.build(
            id=store.new_id("ii"), customer=customer.id, date=at, discountable=params.boolean("discountable", True),
            parent=shape.parent_of(subscription, None) if subscription else None,
            period={"start": period.integer("start", at), "end": period.integer("end", at)},
            test_clock=customer.data["test_clock"], **_worth(call), **fields.texts(params, "description"),
            **fields.metadata(params),
        )
    )  # fmt: skip
    story.tell("invoiceitem.created", made)
    if params.text("invoice"):
        invoices.add_item(store.get("invoice", params.needed("invoice"), param="invoice", status=400), made)
    return made.data


@endpoint("GET", "/v1/invoiceitems", takes=(*PAGING, "created", "customer", "invoice", "pending"))
def list_all(call: Call) -> dict[str, Any]:
    found = store.find("invoiceitem", **fields.texts(call.params, "customer", "invoice"))
    if call.params.boolean("pending"):
        found = found.filter(data__invoice=None)
    return list_of(found, call)


@endpoint("GET", "/v1/invoiceitems/{item}")
def retrieve(call: Call, item: str) -> dict[str, Any]:
    return store.get("invoiceitem", item).data


@endpoint("POST", "/v1/invoiceitems/{item}", takes=("amount", "description", "metadata"))
def update(call: Call, item: str) -> dict[str, Any]:
    found = _pending(item)
    found.data |= fields.texts(call.params, "description") | fields.metadata(call.params, found.data["metadata"])
    if "amount" in call.params:
        amount = call.params.integer("amount")
        found.data |= {"amount": amount, "net_amount": amount}
    return story.keep(found).data


@endpoint("DELETE", "/v1/invoiceitems/{item}")
def delete(call: Call, item: str) -> dict[str, Any]:
    found = _pending(item)
    found.deleted_at = store.now(found.clock)
    store.save(found, "deleted_at")
    story.tell("invoiceitem.deleted", found)
    return {"id": item, "object": "invoiceitem", "deleted": True}


def _pending(item: str) -> Record:
    found = store.get("invoiceitem", item)
    if found.data["invoice"]:
        raise StripeError("An invoice item that is on an invoice cannot be changed.", code="invoice_not_editable")
    return found


def _worth(call: Call) -> dict[str, Any]:
    """An amount, or a price and how many of it."""
    params = call.params
    price = params.inner("pricing").text("price")
    quantity = params.integer("quantity", 1) or 0
    if price:
        data = store.get("price", price, param="pricing[price]", status=400).data
        return {
            "amount": data["unit_amount"] * quantity, "currency": data["currency"], "quantity": quantity,
            "pricing": line_item.pricing_of(data),
        }  # fmt: skip
    amount = params.integer("amount")
    if amount is None:
        raise parameter_missing("amount")
    return {"amount": amount, "currency": params.needed("currency").lower()}
