import os

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path


def readyz(_request: HttpRequest) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (role,) = cursor.fetchone()
    return JsonResponse({"role": role, "embedded": os.environ["EMBEDDED"], "cron": os.environ["CRON_SECRET"]})


urlpatterns = [path("readyz", readyz)]
