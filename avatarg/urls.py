from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from avatarg import api

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("dashboard.urls")),
    path("", include("billing.urls")),
    path("", include("jobs.urls")),
    path("", include("notifications.urls")),
    path("", include("monitoring.urls")),
    path("api/schema", SpectacularAPIView.as_view(), name="api-schema"),
    path("api/docs", SpectacularSwaggerSplitView.as_view(url_name="api-schema"), name="api-docs"),
    re_path(r"^api(?:/[\s\S]*)?$", api.not_found),
    path("", include("sso.urls")),  # before allauth's: some of its pages are replaced
    path("accounts/", include("allauth.urls")),
    path("", include("operators.urls")),
    path("admin/metrics/", include("metrics.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "dashboard.errors.bad_request"
handler403 = "dashboard.errors.forbidden"
handler404 = "dashboard.errors.not_found"
handler429 = "dashboard.errors.too_many"  # allauth's own name for it
handler500 = "dashboard.errors.server_error"
