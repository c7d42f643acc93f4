"""An operator at the admin: opens the page of an act, fills in its form and sends it, once or twice."""

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db.models import Model

from accounts.models import User
from tests.cast import PASSWORD
from tests.dashboard.page import Page, Visitor, read

WHY = "They wrote to us about it."


def superuser() -> User:
    return User.objects.create_superuser("operator@example.test", PASSWORD)


def staff(*rights: str, email: str = "staff@example.test") -> User:
    """An operator with these rights alone, each as app.codename."""
    user = User.objects.create_user(email, PASSWORD, is_staff=True)
    for right in rights:
        app, _, codename = right.partition(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return user


class Operator(Visitor):
    """A person at the admin, in a browser without JavaScript."""

    def __init__(self, user: User | None = None) -> None:
        self.user = user or superuser()
        super().__init__(self.user)

    def page_of(self, target: Model) -> str:
        meta = target._meta
        return f"/admin/{meta.app_label}/{meta.model_name}/{target.pk}/change/"

    def address(self, name: str, *targets: Model) -> str:
        meta = targets[0]._meta
        ids = "&".join(f"id={target.pk}" for target in targets)
        return f"/admin/{meta.app_label}/{meta.model_name}/act/{name}/?{ids}"

    def form(self, name: str, *targets: Model, **told: Any) -> dict[str, Any]:
        """What a browser would send."""
        page = read(self.client.get(self.address(name, *targets)))
        return {"key": page.value("key"), "seen": page.value("seen"), "reason": WHY, **told}

    def send(self, name: str, *targets: Model, form: dict[str, Any]) -> Page:
        return read(self.client.post(self.address(name, *targets), form, follow=True))

    def act(self, name: str, *targets: Model, **told: Any) -> Page:
        return self.send(name, *targets, form=self.form(name, *targets, **told))


def told(page: Page) -> list[str]:
    """The messages on top of a page."""
    return [text for kind in ("success", "warning", "error", "info") for text in page.texts("li", class_=kind)]


def trail(target: Model) -> list[str]:
    """What the audit trail says of it, oldest first."""
    found = LogEntry.objects.filter(object_id=str(target.pk), content_type__model=target._meta.model_name)
    return list(found.order_by("id").values_list("change_message", flat=True))
