from django.apps import AppConfig
from django.contrib.admin import apps


class OperatorsConfig(AppConfig):
    name = "operators"


class DeskConfig(apps.AdminConfig):
    """Django's admin, with our own first page and door."""

    default = False
    default_site = "operators.desk.Desk"
