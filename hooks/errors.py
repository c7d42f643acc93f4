from django.utils.translation import gettext_noop as _

from avatarg.errors import Refusal


class UnsafeAddress(Refusal):
    code, status = "UNSAFE_ADDRESS", 400
    sentence = _("This is no address that we may send to.")


class TooManyEndpoints(Refusal):
    code, status = "TOO_MANY_ENDPOINTS", 409
    sentence = _("You have as many endpoints as there may be. Delete one first.")


class EndpointOff(Refusal):
    code, status = "ENDPOINT_OFF", 409
    sentence = _("This endpoint is switched off. Switch it on first.")


class DeliveryUnderWay(Refusal):
    code, status = "DELIVERY_UNDER_WAY", 409
    sentence = _("This delivery is still under way: it is tried again by itself.")


class TooManyTests(Refusal):
    code, status = "RATE_LIMITED", 429
    sentence = _("That is many tests at once. Please wait a minute.")
