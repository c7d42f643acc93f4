"""Every page of the sandbox."""

from django.urls import path

from stripe_sandbox.pages import acts, checkout, panel, portal, portal_card, portal_plan

urlpatterns = [
    path("", panel.overview, name="panel"),
    path("events", panel.events, name="events"),
    path("payments", panel.payments, name="payments"),
    path("customers/<id>", panel.customer, name="customer"),
    path("invoices/<id>", panel.bill, name="bill"),
    path("invoices/<id>/pdf", panel.bill, name="bill-pdf"),
    path("clock", acts.wind, name="wind"),
    path("switches/fail-next", acts.fail_next, name="fail-next"),
    path("switches/dunning", acts.dunning, name="dunning"),
    path("customers/<id>/fail-next", acts.fail_next, name="customer-fail-next"),
    path("deliveries/hold", acts.hold, name="hold"),
    path("deliveries/release", acts.release, name="release"),
    path("events/<id>/deliver", acts.deliver, name="deliver"),
    path("charges/<id>/refund", acts.refund, name="refund"),
    path("charges/<id>/dispute", acts.dispute, name="dispute"),
    path("disputes/<id>/close", acts.close_dispute, name="close-dispute"),
    path("pay/<id>", checkout.pay, name="pay"),
    path("pay/<id>/promotion", checkout.promotion, name="pay-promotion"),
    path("pay/<id>/bank", checkout.bank, name="pay-bank"),
    path("pay/<id>/done", checkout.done, name="pay-done"),
    path("portal/<id>", portal.home, name="portal"),
    path("portal/<id>/card", portal_card.card, name="portal-card"),
    path("portal/<id>/bank", portal_card.bank, name="portal-bank"),
    path("portal/<id>/change/bank", portal_plan.change_bank, name="portal-change-bank"),
    path("portal/<id>/invoices/<invoice>", portal.invoice, name="portal-invoice"),
    path("portal/<id>/invoices/<invoice>/pay", portal.pay_invoice, name="portal-pay"),
    path("portal/<id>/plans/<subscription>", portal_plan.offers, name="portal-plans"),
    path("portal/<id>/plans/<subscription>/change", portal_plan.change, name="portal-change"),
    path("portal/<id>/plans/<subscription>/cancel", portal_plan.cancel, name="portal-cancel"),
    path("portal/<id>/plans/<subscription>/resume", portal_plan.resume, name="portal-resume"),
    path("portal/<id>/plans/<subscription>/keep", portal_plan.keep, name="portal-keep"),
    path("<path:nowhere>", panel.nowhere),
]
