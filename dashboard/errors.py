"""Error pages in the product's own design; under /api the one error body instead."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from avatarg import api


def is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if is_api(request):
        return api.error_response("PERMISSION_DENIED", "The CSRF token is missing or wrong.", 403)
    return render(request, "errors/403.html", {"csrf": True}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return api.not_found(request)
    return render(request, "errors/404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return api.error_response("VALIDATION_ERROR", "That request could not be read.", 400)
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return api.error_response("PERMISSION_DENIED", "You may not do that.", 403)
    return render(request, "errors/403.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    if is_api(request):
        return api.error_response("SERVER_ERROR", "Something broke on our side. Nothing was charged twice.", 500)
    return HttpResponse(loader.get_template("errors/500.html").render(), status=500)  # nothing may be asked of anything
