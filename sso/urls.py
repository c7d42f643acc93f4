from django.urls import path, re_path

from sso import views

urlpatterns = [
    path("accounts/sso", views.door, name="sso"),
    path("accounts/oidc/<str:provider_id>/login/", views.elsewhere),
    re_path(r"^accounts/(?:3rdparty|social)/", views.elsewhere),
]
