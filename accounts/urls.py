from django.urls import path

from accounts import views

urlpatterns = [
    path("language", views.language, name="language"),
    path("accounts/2fa/totp/activate/", views.set_up_app),  # before allauth's
    path("accounts/2fa/recovery-codes/", views.recovery_codes),
    path("accounts/2fa/recovery-codes/download/", views.recovery_codes_as_file),
]
