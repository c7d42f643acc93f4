"""The product's site with two views beside it that do nothing: what a request costs before anybody's work begins."""

# ruff: noqa: E402  (models load with what is imported last, so it comes after set-up)

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from avatarg import urls


class BareView(APIView):
    """Signed in by session and CSRF token, counted by the rate limit, and nothing else."""

    throttle_class = "execute"

    def post(self, request: Request) -> Response:
        return Response({"status": "ok"}, status=202)


class UnlimitedView(BareView):
    throttle_classes = ()


urls.urlpatterns[:0] = [
    path("api/bare", BareView.as_view()), path("api/unlimited", UnlimitedView.as_view())
]  # fmt: skip
