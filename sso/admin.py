from django.contrib import admin

from avatarg.acts import Act, ActsAdmin, Case, Done
from avatarg.admin import ReadOnlyAdmin
from sso import connections
from sso.models import SingleSignOn

RIGHT = "sso.change_singlesignon"


def approve(case: Case) -> Done:
    sign_on: SingleSignOn = case.target
    if connections.approve(sign_on):
        return Done(f"Checked that {sign_on.domain} is theirs ({sign_on.issuer}).")
    return Done("Had been checked before.", False)


def suspend(case: Case) -> Done:
    if connections.suspend(case.target):
        return Done("Suspended.")
    return Done("Did not work before either.", False)


def told(sign_on: SingleSignOn) -> str:
    """All that the customer may change, and the operator goes by."""
    return f"of {sign_on.owner}, by {sign_on.issuer}, as {sign_on.client_id}"


@admin.register(SingleSignOn)
class SingleSignOnAdmin(ActsAdmin[SingleSignOn], ReadOnlyAdmin[SingleSignOn]):
    """A sign-on lets its provider into every account of its domain: check first that the domain is the owner's."""

    list_display = ("domain", "owner", "issuer", "required", "checked_at")
    list_filter = (("checked_at", admin.EmptyFieldListFilter), "required")
    list_select_related = ("owner",)
    search_fields = ("domain", "owner__email", "issuer")
    ordering = ("-created_at",)
    exclude = ("sealed_secret",)
    acts = (
        Act(
            "approve", "The domain is theirs: let it work", RIGHT,
            "Its provider signs in whoever has an address of the domain. Check first that the domain is the owner's.",
            approve, person=lambda sign_on: sign_on.owner,
            about=lambda sign_on: f"{sign_on.domain} {told(sign_on)}", as_seen=True,
        ),
        Act(
            "suspend", "Suspend", RIGHT, "Passwords open again, and nobody signs in by the provider.", suspend,
            person=lambda sign_on: sign_on.owner, about=told,
        ),
    )  # fmt: skip
