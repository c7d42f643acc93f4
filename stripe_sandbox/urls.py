from django.urls import include, path, re_path

from stripe_sandbox import router

urlpatterns = [
    re_path(r"^v1/.*$", router.serve),
    path("", include("stripe_sandbox.pages.urls")),
]
