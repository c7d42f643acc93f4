from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from monitoring import exposition


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus, which sends METRICS_TOKEN; for anybody else, and without a token, there is no such page."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if not settings.METRICS_TOKEN or scheme.lower() != "bearer":
        raise Http404
    if not constant_time_compare(token.strip(), settings.METRICS_TOKEN):
        raise Http404
    response = HttpResponse(exposition.page(), content_type=CONTENT_TYPE_LATEST)
    response["Cache-Control"] = "no-store"
    return response
