from django.apps import AppConfig
from django.apps import apps as installed
from django.contrib.admin import apps

FOREIGN = {
    "account": "Sign-in", "djstripe": "Stripe, mirrored", "mfa": "Second factors", "socialaccount": "Sign-in elsewhere",
}  # fmt: skip


class OperatorsConfig(AppConfig):
    name = "operators"

    def ready(self) -> None:
        """In the admin, the apps of others have names beside ours."""
        for label, name in FOREIGN.items():
            installed.get_app_config(label).verbose_name = name


class DeskConfig(apps.AdminConfig):
    """Django's admin, with our own first page and door."""

    default = False
    default_site = "operators.desk.Desk"
