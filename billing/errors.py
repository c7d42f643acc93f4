from django.utils.translation import gettext_noop as _

from avatarg.errors import Refusal


class InvalidPlan(Refusal):
    code, status = "INVALID_PLAN", 400
    sentence = _("Choose PRO, PREMIUM or ENTERPRISE.")


class AlreadySubscribed(Refusal):
    code, status = "ALREADY_SUBSCRIBED", 409
    sentence = _("You have a paid plan already. Change it under Manage billing.")


class NoStripeCustomer(Refusal):
    code, status = "NO_STRIPE_CUSTOMER", 400
    sentence = _("There is nothing to manage yet: you have not paid for a plan.")


class InvalidSignature(Refusal):
    code, status = "INVALID_SIGNATURE", 400
    sentence = _("This event is not signed by Stripe.")


class StripeUnavailable(Refusal):
    code, status = "STRIPE_UNAVAILABLE", 503
    sentence = _("The payment service does not answer. Nothing was charged; please try again in a minute.")
