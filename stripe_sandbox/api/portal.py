"""The customer portal: what a configuration lets customers do, and the sessions that let them in."""

from typing import Any

from stripe_sandbox import events, store
from stripe_sandbox.api import fields, portal_features
from stripe_sandbox.errors import StripeError, parameter_missing
from stripe_sandbox.models import Record
from stripe_sandbox.params import Params
from stripe_sandbox.router import PAGING, Call, endpoint, list_of
from stripe_sandbox.shapes import portal_configuration, portal_session

CONFIGURATION, SESSION = "billing_portal.configuration", "billing_portal.session"
TAKES = ("business_profile", "default_return_url", "features", "login_page", "metadata", "name")
FLOWS = ("payment_method_update", "subscription_cancel", "subscription_update")


@endpoint("POST", "/v1/billing_portal/configurations", takes=TAKES)
def create_configuration(call: Call) -> dict[str, Any]:
    if "features" not in call.params:
        raise parameter_missing("features")
    first = not store.find(CONFIGURATION, is_default=True).exists()
    features = portal_features.read(call.params.inner("features"), portal_configuration.features())
    given = _fields(call.params) | fields.metadata(call.params)
    data = portal_configuration.build(
        id=store.new_id("bpc"), created=store.now(), features=features, is_default=first, **given
    )
    made = store.add(data)
    events.emit("billing_portal.configuration.created", made)
    return made.data


@endpoint("GET", "/v1/billing_portal/configurations", takes=(*PAGING, "active", "is_default"))
def list_configurations(call: Call) -> dict[str, Any]:
    return list_of(store.find(CONFIGURATION, **fields.booleans(call.params, "active", "is_default")), call)


@endpoint("GET", "/v1/billing_portal/configurations/{configuration}")
def retrieve_configuration(call: Call, configuration: str) -> dict[str, Any]:
    return store.get(CONFIGURATION, configuration).data


@endpoint("POST", "/v1/billing_portal/configurations/{configuration}", takes=(*TAKES, "active"))
def update_configuration(call: Call, configuration: str) -> dict[str, Any]:
    found = store.get(CONFIGURATION, configuration)
    given = {**_fields(call.params), **fields.metadata(call.params, found.data["metadata"]), "updated": store.now()}
    given |= fields.booleans(call.params, "active")
    if given.get("active") is False and found.data["is_default"]:
        raise StripeError("You cannot deactivate the default configuration.", param="active")
    if "features" in call.params:
        given["features"] = portal_features.read(call.params.inner("features"), found.data["features"])
    return fields.change(found, given, event="billing_portal.configuration.updated")


@endpoint(
    "POST", "/v1/billing_portal/sessions", takes=("configuration", "customer", "flow_data", "locale", "return_url")
)
def create_session(call: Call) -> dict[str, Any]:
    customer = store.get("customer", call.params.needed("customer"), param="customer", status=400)
    configuration = _configuration(call.params)
    id = store.new_id("bps")
    given = fields.texts(call.params, "locale")
    default = configuration.data["default_return_url"]
    given["return_url"] = fields.url(call.params, "return_url") if "return_url" in call.params else default
    if "flow_data" in call.params:
        given["flow"] = _flow(call.params.inner("flow_data"))
    data = portal_session.build(
        id=id,
        created=store.now(customer.clock),
        customer=customer.id,
        configuration=configuration.id,
        url=f"{call.host}/portal/{id}",
        **given,
    )
    made = store.add(data)
    events.emit("billing_portal.session.created", made)
    return made.data


def _configuration(params: Params) -> Record:
    id = params.text("configuration")
    if id:
        return store.get(CONFIGURATION, id, param="configuration", status=400)
    found = store.find(CONFIGURATION, is_default=True).first()
    if found is None:
        raise StripeError(
            "No configuration provided and your test mode default configuration has not been created. Create one with "
            "POST /v1/billing_portal/configurations, or seed the sandbox."
        )
    return found


def _fields(params: Params) -> dict[str, Any]:
    found = fields.texts(params, "default_return_url", "name")
    if "business_profile" in params:
        given = params.inner("business_profile")
        names = ("headline", "privacy_policy_url", "terms_of_service_url")
        given.refuse_unknown(names)
        found["business_profile"] = {**dict.fromkeys(names), **fields.texts(given, *names)}
    if "login_page" in params:
        page = params.inner("login_page")
        page.refuse_unknown(("enabled",))
        if page.boolean("enabled"):
            raise StripeError("The sandbox has no login page: its portal is entered by sessions.", param="login_page")
    return found


def _flow(params: Params) -> dict[str, Any]:
    params.refuse_unknown(("type", "after_completion", "subscription_cancel", "subscription_update"))
    kind = params.choice("type", FLOWS) or params.needed("type")
    flow: dict[str, Any] = {
        "after_completion": _after_completion(params.inner("after_completion")),
        "subscription_cancel": None,
        "subscription_update": None,
        "subscription_update_confirm": None,
        "type": kind,
    }
    if kind != "payment_method_update":
        subject = params.inner(kind)
        subject.refuse_unknown(("subscription",))
        where = subject.name_of("subscription")
        subscription = store.get("subscription", subject.needed("subscription"), param=where, status=400)
        flow[kind] = {"subscription": subscription.id}
        if kind == "subscription_cancel":
            flow[kind]["retention"] = None
    return flow


def _after_completion(params: Params) -> dict[str, Any]:
    params.refuse_unknown(("type", "redirect", "hosted_confirmation"))
    kind = params.choice("type", ("hosted_confirmation", "portal_homepage", "redirect"), "portal_homepage")
    after: dict[str, Any] = {"hosted_confirmation": None, "redirect": None, "type": kind}
    if kind == "redirect":
        after["redirect"] = {"return_url": params.inner("redirect").needed("return_url")}
    if kind == "hosted_confirmation":
        after["hosted_confirmation"] = {"custom_message": params.inner("hosted_confirmation").text("custom_message")}
    return after
