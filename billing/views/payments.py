"""The API of payments: to Checkout, to the portal, and what Stripe tells us."""

from django.conf import settings
from django.http import HttpRequest
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from avatarg import api
from avatarg.errors import PayloadTooLarge
from billing import checkout, webhooks
from billing.errors import InvalidPlan
from billing.serializers import CheckoutSerializer, PlanSerializer, PortalSerializer, ReceivedSerializer


def billing_page(request: HttpRequest) -> str:
    """Where Stripe sends a person back to, as an absolute address."""
    return request.build_absolute_uri(settings.BILLING_PAGE)


class CheckoutView(APIView):
    @extend_schema(request=PlanSerializer, responses=CheckoutSerializer)
    def post(self, request: Request) -> Response:
        """Start paying for a plan; send the person to `url`."""
        plan = request.data.get("plan") if isinstance(request.data, dict) else None
        if not isinstance(plan, str):
            raise InvalidPlan
        back = billing_page(request._request)
        return Response(checkout.start_checkout(user_id=api.caller(request), plan=plan, back=back))


class PortalView(APIView):
    @extend_schema(request=None, responses=PortalSerializer)
    def post(self, request: Request) -> Response:
        """Open the portal, where plan, card and invoices are managed; send the person to `url`."""
        back = f"{billing_page(request._request)}?portal=back"
        return Response({"url": checkout.open_portal(user_id=api.caller(request), back=back)})


class WebhookView(APIView):
    """Stripe's events. The body is read as it came: the signature is over its bytes."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = ()

    @extend_schema(request=OpenApiTypes.OBJECT, responses=ReceivedSerializer)
    def post(self, request: Request) -> Response:
        """Take in an event, signed by Stripe in `Stripe-Signature`."""
        if int(request.META.get("CONTENT_LENGTH") or 0) > webhooks.MOST_BYTES:
            raise PayloadTooLarge
        new = webhooks.receive(request._request.body, request.headers.get("Stripe-Signature", ""))
        return Response({"received": True, "repeated": not new})
