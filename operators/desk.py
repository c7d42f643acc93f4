"""The admin's frame: its first page says what needs an operator, its door is that of the product."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator

from operators import attention


class Desk(AdminSite):
    site_header = site_title = "Avatar G"
    index_title = "Operators"
    index_template = "admin/operators/index.html"

    def get_urls(self) -> list[Any]:
        """Without the way from an object to its page on a site: no object here has one."""
        return [one for one in super().get_urls() if getattr(one, "name", "") != "view_on_site"]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {**(extra_context or {}), "desk": attention.desk_for(request.user)})  # type: ignore[arg-type]

    @method_decorator(secure_admin_login)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseRedirect:
        """Everybody signs in on one page, with its limits and its second factor. Django's own form is not here."""
        return HttpResponseRedirect(reverse("admin:index", current_app=self.name))
