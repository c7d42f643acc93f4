import secrets
import string
from typing import Any

from django.db import transaction

from stripe_sandbox import events, store
from stripe_sandbox.api import fields
from stripe_sandbox.engine import payment_methods, subscriptions
from stripe_sandbox.errors import StripeError, resource_missing
from stripe_sandbox.models import Record
from stripe_sandbox.params import Params
from stripe_sandbox.router import PAGING, Call, endpoint, expansion, list_of
from stripe_sandbox.shapes import blank
from stripe_sandbox.shapes import customer as shape

TAKES = (
    "address", "balance", "description", "email", "invoice_prefix", "invoice_settings", "metadata", "name",
    "next_invoice_sequence", "phone", "preferred_locales", "shipping", "tax_exempt",
)  # fmt: skip
ENDED = ("canceled", "incomplete_expired")


@endpoint("POST", "/v1/customers", takes=(*TAKES, "payment_method", "test_clock"))
def create(call: Call) -> dict[str, Any]:
    clock = call.params.text("test_clock") or None
    if clock:
        store.get("test_helpers.test_clock", clock, param="test_clock", status=400)
    given = {
        "invoice_prefix": new_prefix(),
        **_fields(call.params),
        **fields.metadata(call.params),
        "test_clock": clock,
    }
    with transaction.atomic():  # a card that declines leaves no customer behind
        customer = store.add(shape.build(id=store.new_id("cus"), created=store.now(clock or ""), **given))
        events.emit("customer.created", customer)
        attached = _attached(customer, call.params)
    customer.data["invoice_settings"] = _invoicing(customer, call.params.inner("invoice_settings"), attached)
    return store.save(customer).data


@endpoint("GET", "/v1/customers", takes=(*PAGING, "created", "email", "test_clock"))
def list_all(call: Call) -> dict[str, Any]:
    found = store.find("customer").filter(clock=call.params.text("test_clock") or "")
    if "email" in call.params:
        found = found.filter(data__email=call.params.text("email"))
    return list_of(found, call)


@endpoint("GET", "/v1/customers/{customer}")
def retrieve(call: Call, customer: str) -> dict[str, Any]:
    found = Record.objects.filter(id=customer, object="customer").first()
    if found is None:
        raise resource_missing("customer", customer)
    return deleted(customer) if found.deleted_at else found.data


@endpoint("POST", "/v1/customers/{customer}", takes=TAKES)
def update(call: Call, customer: str) -> dict[str, Any]:
    found = store.get("customer", customer)
    given = _fields(call.params) | fields.metadata(call.params, found.data["metadata"])
    given["invoice_settings"] = _invoicing(found, call.params.inner("invoice_settings"))
    return fields.change(found, given, event="customer.updated")


@endpoint("DELETE", "/v1/customers/{customer}")
def delete(call: Call, customer: str) -> dict[str, Any]:
    remove(store.get("customer", customer))
    return deleted(customer)


def remove(customer: Record) -> None:
    """Its subscriptions end at once."""
    for subscription in store.find("subscription").filter(customer=customer.id):
        if subscription.data["status"] not in ENDED:
            subscriptions.cancel(subscription)
    customer.refresh_from_db()
    events.emit("customer.deleted", customer)
    customer.deleted_at = store.now(customer.clock)
    store.save(customer, "deleted_at")


@expansion("customer", "subscriptions")
def subscriptions_of(customer: dict[str, Any]) -> dict[str, Any]:
    found = store.find("subscription", customer=customer["id"]).exclude(data__status__in=ENDED)
    return blank.listing([one.data for one in found], f"/v1/customers/{customer['id']}/subscriptions")


@expansion("customer", "sources")
def sources(customer: dict[str, Any]) -> dict[str, Any]:
    """Cards are payment methods nowadays; who expands this finds nothing."""
    return blank.listing([], f"/v1/customers/{customer['id']}/sources")


@expansion("customer", "tax_ids")
def tax_ids(customer: dict[str, Any]) -> dict[str, Any]:
    return blank.listing([], f"/v1/customers/{customer['id']}/tax_ids")


def deleted(id: str) -> dict[str, Any]:
    return {"id": id, "object": "customer", "deleted": True}


def new_prefix() -> str:
    """What the numbers of a customer's invoices begin with."""
    return "".join(secrets.choice(string.ascii_uppercase + string.digits) for _ in range(8))


def _fields(params: Params) -> dict[str, Any]:
    found = fields.texts(params, "description", "email", "name", "phone", "invoice_prefix")
    if "email" in found and found["email"] and "@" not in found["email"]:
        raise StripeError(f"Invalid email address: {found['email']}", code="email_invalid", param="email")
    found |= fields.integers(params, "balance", "next_invoice_sequence")
    found |= fields.lists(params, "preferred_locales") | fields.address(params)
    if "tax_exempt" in params:
        found["tax_exempt"] = params.choice("tax_exempt", ("none", "exempt", "reverse", "")) or "none"
    if "shipping" in params:
        found["shipping"] = _shipping(params.inner("shipping"))
    return found


def _shipping(params: Params) -> dict[str, Any] | None:
    if not params.values:
        return None
    params.refuse_unknown(("address", "name", "phone"))
    known = {"address": None, "name": params.needed("name"), "phone": None}
    return {**known, **fields.texts(params, "phone"), **fields.address(params)}


def _attached(customer: Record, params: Params) -> dict[str, str]:
    id = params.text("payment_method")
    return {id: payment_methods.attach(payment_methods.resolve(id), customer).id} if id else {}


def _invoicing(customer: Record, params: Params, attached: dict[str, str] | None = None) -> dict[str, Any]:
    """`attached`: what the same call attached, by the name it gave; it may be named again as the default."""
    params.refuse_unknown(("custom_fields", "default_payment_method", "footer"))
    settings = {**customer.data["invoice_settings"], **fields.texts(params, "footer")}
    if "custom_fields" in params:
        rows = params.inners("custom_fields")
        settings["custom_fields"] = [{"name": row.needed("name"), "value": row.needed("value")} for row in rows] or None
    if "default_payment_method" in params:
        settings["default_payment_method"] = _default(customer, params, attached or {})
    return settings


def _default(customer: Record, params: Params, attached: dict[str, str]) -> str | None:
    id = params.text("default_payment_method")
    if not id:
        return None
    where = params.name_of("default_payment_method")
    return payment_methods.owned(attached.get(id, id), customer.id, param=where).id
