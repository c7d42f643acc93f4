"""Subscriptions: begun, changed, canceled, resumed."""

from typing import Any

from stripe_sandbox import store
from stripe_sandbox.api import fields
from stripe_sandbox.engine import agenda, changes, discounts, payment_methods, story, subscriptions
from stripe_sandbox.errors import StripeError, parameter_invalid, parameter_missing, resource_missing
from stripe_sandbox.models import Record
from stripe_sandbox.params import Params
from stripe_sandbox.router import PAGING, Call, endpoint, list_of

SHARED = (
    "automatic_tax", "cancel_at", "cancel_at_period_end", "collection_method", "default_payment_method", "description",
    "discounts", "items", "metadata", "off_session", "payment_behavior", "payment_settings", "proration_behavior",
    "trial_end", "trial_settings",
)  # fmt: skip
BEHAVIOURS = ("allow_incomplete", "default_incomplete", "error_if_incomplete", "pending_if_incomplete")
PRORATIONS = ("always_invoice", "create_prorations", "none")
STATUSES = ("active", "canceled", "incomplete", "incomplete_expired", "past_due", "paused", "trialing", "unpaid")
FEEDBACK = (
    "customer_service", "low_quality", "missing_features", "other", "switched_service", "too_complex", "too_expensive",
    "unused", "",
)  # fmt: skip


@endpoint("POST", "/v1/subscriptions", takes=(*SHARED, "billing_mode", "currency", "customer", "trial_period_days"))
def create(call: Call) -> dict[str, Any]:
    params = call.params
    customer = store.get("customer", params.needed("customer"), param="customer", status=400)
    _refuse_unlike_sandbox(params)
    behaviour = params.choice("payment_behavior", BEHAVIOURS, "allow_incomplete") or ""
    method = params.text("default_payment_method")
    trial = _trial_end(params, store.now(customer.clock))
    offers = [offer_of(row) for row in params.inners("discounts")]
    try:
        made = subscriptions.create(
            customer, prices=[price_of(row) for row in params.inners("items")], payment_behavior=behaviour,
            default_payment_method=method, offers=offers, trial_end=trial,
            off_session=params.boolean("off_session"), **_settings(params), **_cancellation(params),
        )  # fmt: skip
    except StripeError as error:
        raise said_of_subscription(error) from None
    return made.data


@endpoint(
    "GET", "/v1/subscriptions",
    takes=(*PAGING, "collection_method", "created", "customer", "price", "status", "test_clock"),
)  # fmt: skip
def list_all(call: Call) -> dict[str, Any]:
    params = call.params
    status = params.choice("status", (*STATUSES, "all", "ended"))
    found = store.find("subscription", **fields.texts(params, "customer", "test_clock", "collection_method"))
    if status in STATUSES:
        found = found.filter(data__status=status)
    elif status == "ended":
        found = found.filter(data__status__in=agenda.ENDED)
    elif status is None:
        found = found.exclude(data__status__in=agenda.ENDED)
    if "price" in params:
        found = found.filter(data__items__data__contains=[{"price": {"id": params.text("price")}}])
    return list_of(found, call)


@endpoint("GET", "/v1/subscriptions/{subscription}")
def retrieve(call: Call, subscription: str) -> dict[str, Any]:
    return store.get("subscription", subscription).data


@endpoint(
    "POST", "/v1/subscriptions/{subscription}",
    takes=(*SHARED, "billing_cycle_anchor", "cancellation_details", "pause_collection", "proration_date"),
)  # fmt: skip
def update(call: Call, subscription: str) -> dict[str, Any]:
    found, params = store.get("subscription", subscription), call.params
    _refuse_unlike_sandbox(params)
    if found.data["status"] in agenda.ENDED and set(params) - {"metadata", "cancellation_details", "expand"}:
        changes.refuse_ended(found)
    anchor = params.choice("billing_cycle_anchor", ("now", "unchanged"), "unchanged")
    wanted = [change_of(found, row) for row in params.inners("items")]
    settings = _settings(params, found)
    if "discounts" in params:
        settings["discounts"] = _redeemed(found, params)
    try:
        _change(found, params, wanted, settings, anchor_now=anchor == "now")
    except StripeError as error:
        raise said_of_subscription(error) from None
    _set_end(found, params)
    if "pause_collection" in params:
        _pause(found, params.inner("pause_collection"))
    return found.data


@endpoint(
    "DELETE", "/v1/subscriptions/{subscription}", takes=("cancellation_details", "invoice_now", "prorate")
)  # fmt: skip
def cancel(call: Call, subscription: str) -> dict[str, Any]:
    params = call.params
    return subscriptions.cancel(
        store.get("subscription", subscription), invoice_now=params.boolean("invoice_now"),
        prorate=params.boolean("prorate"), details=_details(params),
    ).data  # fmt: skip


@endpoint(
    "POST", "/v1/subscriptions/{subscription}/resume", takes=("billing_cycle_anchor", "proration_behavior")
)  # fmt: skip
def resume(call: Call, subscription: str) -> dict[str, Any]:
    anchor = call.params.choice("billing_cycle_anchor", ("now", "unchanged"), "now") or "now"
    return subscriptions.resume(store.get("subscription", subscription), billing_cycle_anchor=anchor).data


@endpoint("DELETE", "/v1/subscriptions/{subscription}/discount")
def delete_discount(call: Call, subscription: str) -> dict[str, Any]:
    found = store.get("subscription", subscription)
    gone = [store.get("discount", id) for id in found.data["discounts"]]
    if not gone:
        raise resource_missing("discount", subscription)
    discounts.end(found, gone)
    return {name: value for name, value in gone[0].data.items() if name != "end"} | {"deleted": True}


def change_of(subscription: Record, row: Params) -> changes.Change:
    """A row of `items` in an update: of an item by its id, or a new one by its price."""
    row.refuse_unknown(("deleted", "id", "metadata", "price", "quantity"))
    item = row.text("id")
    known = {one["id"]: one for one in subscription.data["items"]["data"]}
    if item and item not in known:
        raise resource_missing("subscription_item", item, param=row.name_of("id"), status=400)
    if not item and not row.text("price"):
        raise parameter_missing(row.name_of("price"))
    metadata = fields.metadata(row, known[item]["metadata"] if item else None)
    return changes.Change(
        item, row.text("price"), _quantity(row, None), row.boolean("deleted"), metadata.get("metadata")
    )


def offer_of(row: Params) -> discounts.Offer:
    row.refuse_unknown(("coupon", "discount", "promotion_code"))
    return discounts.Offer(row.text("coupon"), row.text("promotion_code"), row.text("discount"))


def said_of_subscription(error: StripeError) -> StripeError:
    """Stripe's own code where a subscription's payment waits for its owner."""
    if error.code == "authentication_required":
        error.code = error.error["code"] = "subscription_payment_intent_requires_action"
        error.error["message"] = (
            "Payment for this subscription requires additional user action before it can be completed successfully. "
            "Payment can be completed using the PaymentIntent associated with `subscription.latest_invoice`."
        )
    return error


def _change(
    found: Record, params: Params, wanted: list[changes.Change], settings: dict[str, Any], *, anchor_now: bool
) -> None:
    behaviour = params.choice("payment_behavior", BEHAVIOURS, "allow_incomplete") or ""
    prorations = params.choice("proration_behavior", PRORATIONS, "create_prorations") or ""
    if wanted or anchor_now:
        changes.apply(
            found, wanted, proration_behavior=prorations, proration_date=params.integer("proration_date"),
            payment_behavior=behaviour, anchor_now=anchor_now, off_session=params.boolean("off_session"), **settings,
        )  # fmt: skip
    elif settings:
        with story.changing(found) as data:
            data.update(settings)
    if params.text("trial_end") == "now":
        if found.data["status"] == "trialing":
            changes.end_trial(found, payment_behavior=behaviour)
    elif "trial_end" in params:
        changes.extend_trial(found, params.integer("trial_end") or 0)


def _set_end(found: Record, params: Params) -> None:
    details = _details(params)
    if not {"cancel_at_period_end", "cancel_at"} & set(params):
        if details:
            with story.changing(found) as data:
                data["cancellation_details"] = {**data["cancellation_details"], **details}
        return
    if found.data["schedule"]:
        raise StripeError(
            f"The subscription is managed by the subscription schedule `{found.data['schedule']}`, and updating any "
            "cancelation behavior directly is not allowed. Please update the schedule instead."
        )
    if "cancel_at_period_end" in params:
        subscriptions.set_cancel_at_period_end(found, params.boolean("cancel_at_period_end"), details=details)
    else:
        subscriptions.set_cancel_at(found, _moment_of_end(found, params))


def _moment_of_end(found: Record, params: Params) -> int | None:
    end = int(found.data["items"]["data"][0]["current_period_end"])
    named = ("min_period_end", "max_period_end")
    return end if params.text("cancel_at") in named else params.integer("cancel_at")


def _pause(found: Record, given: Params) -> None:
    given.refuse_unknown(("behavior", "resumes_at"))
    behavior = given.choice("behavior", ("keep_as_draft", "mark_uncollectible", "void"))
    subscriptions.pause_collection(found, behavior, given.integer("resumes_at"))


def _settings(params: Params, found: Record | None = None) -> dict[str, Any]:
    """Keys of the subscription that are just set."""
    before = found.data if found else {}
    given = fields.texts(params, "description") | fields.metadata(params, before.get("metadata"))
    if found is not None and "default_payment_method" in params:
        id = params.text("default_payment_method")
        given["default_payment_method"] = payment_methods.owned(id, found.customer).id if id else None
    if "payment_settings" in params:
        given["payment_settings"] = _payment_settings(params.inner("payment_settings"), before.get("payment_settings"))
    if "trial_settings" in params:
        ends = params.inner("trial_settings").inner("end_behavior")
        ways = ("cancel", "create_invoice", "pause")
        given["trial_settings"] = {
            "end_behavior": {"missing_payment_method": ends.choice("missing_payment_method", ways, "create_invoice")}
        }
    return given


def _payment_settings(given: Params, before: dict[str, Any] | None) -> dict[str, Any]:
    given.refuse_unknown(("payment_method_types", "save_default_payment_method"))
    empty = {"payment_method_options": None, "payment_method_types": None, "save_default_payment_method": "off"}
    found = {**(before or empty), **fields.lists(given, "payment_method_types")}
    if "save_default_payment_method" in given:
        found["save_default_payment_method"] = given.choice("save_default_payment_method", ("off", "on_subscription"))
    return found


def _cancellation(params: Params) -> dict[str, Any]:
    found: dict[str, Any] = fields.booleans(params, "cancel_at_period_end")
    return found | fields.integers(params, "cancel_at")


def _details(params: Params) -> dict[str, Any]:
    given = params.inner("cancellation_details")
    given.refuse_unknown(("comment", "feedback"))
    given.choice("feedback", FEEDBACK)
    return fields.texts(given, "comment", "feedback")


def price_of(row: Params) -> tuple[str, int]:
    row.refuse_unknown(("metadata", "price", "quantity"))
    return row.needed("price"), _quantity(row, 1) or 0


def _quantity(row: Params, default: int | None) -> int | None:
    quantity = row.integer("quantity", default)
    if quantity is not None and not 0 <= quantity <= 999_999:
        raise parameter_invalid(row.name_of("quantity"), "This value must be greater than or equal to 0.")
    return quantity


def _trial_end(params: Params, now: int) -> int | None:
    if params.text("trial_end") == "now":
        return None
    days, end = params.integer("trial_period_days"), params.integer("trial_end")
    if days is not None and end is not None:
        raise StripeError("You may only specify one of these parameters: trial_end, trial_period_days.",
                          param="trial_end")  # fmt: skip
    if end is not None and end <= now:
        raise parameter_invalid("trial_end", "Invalid timestamp: must be an integer Unix timestamp in the future.")
    return now + days * 86_400 if days else end


def _redeemed(found: Record, params: Params) -> list[str]:
    """The discounts that the subscription is to have; those that it had and that are not named end."""
    offers = [offer_of(row) for row in params.inners("discounts")]
    kept = {offer.discount for offer in offers}
    discounts.end(found, [store.get("discount", id) for id in found.data["discounts"] if id not in kept])
    return discounts.give(offers, customer=found.customer, subscription=found.id, at=store.now(found.clock))


def _refuse_unlike_sandbox(params: Params) -> None:
    if params.choice("collection_method", ("charge_automatically", "send_invoice")) == "send_invoice":
        raise parameter_invalid("collection_method", "The sandbox only has collection_method=charge_automatically.")
    if params.inner("automatic_tax").boolean("enabled"):
        raise parameter_invalid("automatic_tax[enabled]", "The sandbox does not reckon taxes.")
    if params.inner("billing_mode").text("type", "flexible") != "flexible":
        raise parameter_invalid("billing_mode[type]", "The sandbox only has the flexible billing mode.")
