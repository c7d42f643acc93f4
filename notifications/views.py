"""The way out of mails, from the mail itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from avatarg.errors import NotFound
from notifications import links, preferences


@never_cache
@csrf_exempt  # the signed address is the permission: a mail program posts here by itself (RFC 8058), without cookies
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, for mail programs look at links; a POST switches the kind off and does not redirect."""
    try:
        user_id, kind = links.read_token(token)
    except NotFound as missing:
        raise Http404(missing.message) from missing
    if request.method == "POST":
        preferences.choose(user_id=user_id, switches={kind.id: False})
    return render(request, "notifications/unsubscribe.html", {"kind": kind, "done": request.method == "POST"})
