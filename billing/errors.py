from avatarg.errors import Refusal


class InvalidPlan(Refusal):
    code, status = "INVALID_PLAN", 400
    sentence = "Choose PRO, PREMIUM or ENTERPRISE."


class AlreadySubscribed(Refusal):
    code, status = "ALREADY_SUBSCRIBED", 409
    sentence = "You have a paid plan already. Change it under Manage billing."


class NoStripeCustomer(Refusal):
    code, status = "NO_STRIPE_CUSTOMER", 400
    sentence = "There is nothing to manage yet: you have not paid for a plan."


class InvalidSignature(Refusal):
    code, status = "INVALID_SIGNATURE", 400
    sentence = "This event is not signed by Stripe."


class StripeUnavailable(Refusal):
    code, status = "STRIPE_UNAVAILABLE", 503
    sentence = "The payment service does not answer. Nothing was charged; please try again in a minute."
