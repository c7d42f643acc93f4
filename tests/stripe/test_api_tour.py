"""Every endpoint that the sandbox has, called with success at least once in one test, and judged by the fixture."""

from typing import Any

from stripe_sandbox import router, seed
from tests.stripe import life, specification

CARD = {"number": "4242424242424242", "exp_month": 12, "exp_year": 2034, "cvc": "123"}


def described(method: str, template: str) -> str:
    """An endpoint as Stripe's description writes its path."""
    plain = template.replace("{", "").replace("}", "")
    return f"{method} {specification.operation_for(method, plain).template}"


def test_every_endpoint_answers_as_stripe_describes_it(sandbox):
    def call(method: str, path: str, **params: Any) -> Any:
        return sandbox.client.raw_request(method, path, **params)

    ids = life.lead(sandbox)
    see_the_catalogue(call)
    see_customers(call, ids)
    see_subscriptions(call, ids)
    see_invoices(call, ids)
    see_payments(call, ids)
    see_the_rest(call, ids)
    report = sandbox.end()
    sandbox.begin()
    router.load()
    assert report["deviations"] == []
    assert len(router.ENDPOINTS) > 100
    assert {described(one.method, one.template) for one in router.ENDPOINTS} - set(report["calls"]) == set()


def see_the_catalogue(call) -> None:
    call("post", "/v1/products", id="prod_tour", name="Tour")
    call("post", "/v1/products/prod_tour", name="Grand tour")
    call("get", "/v1/products/prod_tour")
    call("get", "/v1/products")
    call("get", "/v1/products/prod_tour/features")
    call("delete", "/v1/products/prod_tour")
    price = call("post", "/v1/prices", product="prod_sandbox_pro", currency="usd", unit_amount=5).data["id"]
    call("post", f"/v1/prices/{price}", nickname="five")
    call("get", f"/v1/prices/{price}", expand=["currency_options", "tiers"])
    call("get", "/v1/prices")
    call("post", "/v1/coupons", id="TOUR", percent_off=5)
    call("post", "/v1/coupons/TOUR", name="Tour")
    call("get", "/v1/coupons/TOUR", expand=["applies_to"])
    call("get", "/v1/coupons")
    code = call("post", "/v1/promotion_codes", promotion={"type": "coupon", "coupon": "TOUR"}).data["id"]
    call("post", f"/v1/promotion_codes/{code}", active=False)
    call("get", f"/v1/promotion_codes/{code}")
    call("get", "/v1/promotion_codes")
    call("delete", "/v1/coupons/TOUR")


def see_customers(call, ids) -> None:
    customer = f"/v1/customers/{ids['customer']}"
    call("get", customer, expand=["subscriptions", "sources", "tax_ids"])
    call("post", customer, name="Tourist")
    call("get", "/v1/customers")
    card = call("post", "/v1/payment_methods", type="card", card=CARD).data["id"]
    call("post", f"/v1/payment_methods/{card}/attach", customer=ids["customer"])
    call("post", f"/v1/payment_methods/{card}", metadata={"a": "1"})
    call("get", f"/v1/payment_methods/{card}")
    call("get", "/v1/payment_methods", customer=ids["customer"])
    call("get", f"{customer}/payment_methods")
    call("get", f"{customer}/payment_methods/{card}")
    call("post", f"/v1/payment_methods/{card}/detach")
    setup = call("post", "/v1/setup_intents", customer=ids["customer"], payment_method_types=["card"]).data["id"]
    call("post", f"/v1/setup_intents/{setup}/confirm", payment_method="pm_card_visa")
    call("get", f"/v1/setup_intents/{setup}")
    call("get", "/v1/setup_intents")
    other = call("post", "/v1/setup_intents", payment_method_types=["card"]).data["id"]
    call("post", f"/v1/setup_intents/{other}/cancel")
    call("delete", f"/v1/customers/{call('post', '/v1/customers').data['id']}")


def see_subscriptions(call, ids) -> None:
    pays = {"customer": ids["customer"], "default_payment_method": ids["payment_method"]}
    items = [{"price": "price_sandbox_pro"}]
    made = call("post", "/v1/subscriptions", **pays, items=items, discounts=[{"coupon": "welcome20"}]).data
    subscription = f"/v1/subscriptions/{made['id']}"
    call("get", subscription, expand=["latest_invoice.payments", "customer", "default_payment_method"])
    call("get", "/v1/subscriptions")
    call("post", subscription, metadata={"a": "1"})
    call("delete", f"{subscription}/discount")
    item = call("post", "/v1/subscription_items", subscription=made["id"], price="price_sandbox_premium").data["id"]
    call("post", f"/v1/subscription_items/{item}", quantity=2)
    call("get", f"/v1/subscription_items/{item}")
    call("get", "/v1/subscription_items", subscription=made["id"])
    call("delete", f"/v1/subscription_items/{item}")
    call("delete", subscription)
    trial = {
        "trial_period_days": 1,
        "trial_settings": {"end_behavior": {"missing_payment_method": "pause"}},
        "items": items,
    }
    clock = call("post", "/v1/test_helpers/test_clocks", frozen_time=1_767_225_600).data["id"]
    poor = call("post", "/v1/customers", test_clock=clock).data["id"]
    paused = call("post", "/v1/subscriptions", customer=poor, **trial).data["id"]
    call("post", f"/v1/test_helpers/test_clocks/{clock}/advance", frozen_time=1_767_225_600 + 90_000)
    card = call("post", "/v1/payment_methods/pm_card_visa/attach", customer=poor).data["id"]
    call("post", f"/v1/customers/{poor}", invoice_settings={"default_payment_method": card})
    call("post", f"/v1/subscriptions/{paused}/resume")
    call("get", f"/v1/test_helpers/test_clocks/{clock}")
    call("get", "/v1/test_helpers/test_clocks")
    see_schedules(call, ids, paused)
    call("delete", f"/v1/test_helpers/test_clocks/{clock}")


def see_schedules(call, ids, subscription: str) -> None:
    call("get", f"/v1/subscription_schedules/{ids['schedule']}")
    call("get", "/v1/subscription_schedules")
    call("post", f"/v1/subscription_schedules/{ids['schedule']}/release")
    schedule = call("post", "/v1/subscription_schedules", from_subscription=subscription).data["id"]
    call("post", f"/v1/subscription_schedules/{schedule}", metadata={"a": "1"})
    call("post", f"/v1/subscription_schedules/{schedule}/cancel")


def see_invoices(call, ids) -> None:
    customer = ids["customer"]

    def invoice() -> str:
        made = call("post", "/v1/invoices", customer=customer, pending_invoice_items_behavior="exclude").data["id"]
        call("post", "/v1/invoiceitems", customer=customer, amount=100, currency="usd", invoice=made)
        return f"/v1/invoices/{made}"

    item = call("post", "/v1/invoiceitems", customer=customer, amount=100, currency="usd").data["id"]
    call("post", f"/v1/invoiceitems/{item}", description="One")
    call("get", f"/v1/invoiceitems/{item}")
    call("get", "/v1/invoiceitems")
    call("delete", f"/v1/invoiceitems/{item}")
    paid, void, lost, dropped = invoice(), invoice(), invoice(), invoice()
    call("post", paid, description="Tour")
    for one in (paid, void, lost):
        call("post", f"{one}/finalize")
    call("post", f"{paid}/pay", payment_method=ids["payment_method"])
    call("post", f"{void}/void")
    call("post", f"{lost}/mark_uncollectible")
    call("delete", dropped)
    call("get", paid, expand=["payments", "confirmation_secret"])
    call("get", f"{paid}/lines")
    call("get", "/v1/invoices")
    items = [{"price": "price_sandbox_enterprise"}]
    call("post", "/v1/invoices/create_preview", customer=customer, subscription_details={"items": items})


def see_payments(call, ids) -> None:
    terms = {"amount": 500, "currency": "usd", "payment_method_types": ["card"]}
    intent = f"/v1/payment_intents/{call('post', '/v1/payment_intents', **terms).data['id']}"
    call("post", intent, description="Tour")
    charge = call("post", f"{intent}/confirm", payment_method="pm_card_visa").data["latest_charge"]
    call("get", intent)
    call("get", "/v1/payment_intents")
    call("post", f"/v1/payment_intents/{call('post', '/v1/payment_intents', **terms).data['id']}/cancel")
    call("post", f"/v1/charges/{charge}", description="Tour")
    call("get", f"/v1/charges/{charge}", expand=["refunds"])
    call("get", "/v1/charges")
    call("post", f"/v1/charges/{charge}/refunds", amount=100)
    call("get", f"/v1/charges/{charge}/refunds")
    refund = call("post", "/v1/refunds", charge=charge, amount=100).data["id"]
    call("post", f"/v1/refunds/{refund}", metadata={"a": "1"})
    call("get", f"/v1/refunds/{refund}")
    call("get", "/v1/refunds")
    payments = call("get", "/v1/invoice_payments", invoice=ids["invoice"]).data["data"]
    call("get", f"/v1/invoice_payments/{payments[0]['id']}")
    call("get", "/v1/disputes")
    call("get", f"/v1/disputes/{ids['dispute']}")
    call("post", f"/v1/disputes/{ids['dispute']}", metadata={"a": "1"})
    call("post", f"/v1/disputes/{ids['dispute']}/close")


def see_the_rest(call, ids) -> None:
    call("get", "/v1/account")
    call("get", f"/v1/accounts/{call('get', '/v1/account').data['id']}")
    session = f"/v1/checkout/sessions/{ids['session']}"
    call("get", session, expand=["line_items", "subscription", "invoice", "customer"])
    call("post", session, metadata={"a": "1"})
    call("get", f"{session}/line_items")
    call("get", "/v1/checkout/sessions")
    items = [{"price": "price_sandbox_pro", "quantity": 1}]
    url = "https://shop.test/"
    opened = call("post", "/v1/checkout/sessions", mode="subscription", line_items=items, success_url=url).data["id"]
    call("post", f"/v1/checkout/sessions/{opened}/expire")
    portal = "/v1/billing_portal/configurations"
    made = call("post", portal, features={"invoice_history": {"enabled": True}}).data["id"]
    call("post", f"{portal}/{made}", active=False)
    call("get", f"{portal}/{seed.CONFIGURATION}")
    call("get", portal)
    flow = {"type": "subscription_cancel", "subscription_cancel": {"subscription": ids["subscription"]}}
    call("post", "/v1/billing_portal/sessions", customer=ids["customer"], flow_data=flow)
    hook = call("post", "/v1/webhook_endpoints", url=url, enabled_events=["charge.expired"]).data["id"]
    call("post", f"/v1/webhook_endpoints/{hook}", disabled=True)
    call("get", f"/v1/webhook_endpoints/{hook}")
    call("get", "/v1/webhook_endpoints")
    call("delete", f"/v1/webhook_endpoints/{hook}")
    events = call("get", "/v1/events").data["data"]
    call("get", f"/v1/events/{events[0]['id']}")
