"""Looking at the pages as a user does: by an operator who may, with a reason, recorded, and never changing anything.

While it lasts every unsafe method is refused, what concerns signing in and keys is not shown, and what is left runs in
a transaction that the database itself holds to reading.
"""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect
from hijack.views import AcquireUserView, ReleaseUserView

from accounts.models import User
from avatarg import acts, api
from operators.errors import OnlyLooking

HISTORY = "hijack_history"  # hijack's own: its middleware shows the banner by it
KEPT = "operator_session"
OF_THE_OPERATOR = ("account_authentication_methods", "account_authentication_methods_user", "_session_expiry")
SECONDS = 3600
SAFE = ("GET", "HEAD", "OPTIONS")
SECRET = ("/accounts/", "/dashboard/settings/")
READ_ONLY = "25006"  # PostgreSQL: read_only_sql_transaction
WOULD_WRITE = "would_write_while_looking"
NO_REASON = "Say why you want to look at the pages as them."


def may_look(*, hijacker: Any, hijacked: Any) -> bool:
    """Operators with the right, at people: never at other operators."""
    is_person = bool(hijacked) and hijacked.is_active and not (hijacked.is_staff or hijacked.is_superuser)
    is_operator = hijacker.is_active and hijacker.is_staff and hijacker.has_perm("operators.view_as_user")
    return bool(is_person and is_operator)


def become(request: HttpRequest, user: User, kept: dict[str, Any]) -> None:
    """Another's session from here on. No sign-in: nothing of theirs, such as when they last came, is touched."""
    backend = request.session[BACKEND_SESSION_KEY]
    request.session.flush()
    request.session.update({
        SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: backend, HASH_SESSION_KEY: user.get_session_auth_hash(), **kept,
    })  # fmt: skip
    rotate_token(request)


def page_of(user: User) -> str:
    return reverse("admin:accounts_user_change", args=[user.pk])


class Begin(AcquireUserView):  # type: ignore[misc]
    def get_object(self, queryset: Any = None) -> User:
        found = User.objects.filter(pk__in=acts.ids_from(User, self.request.POST.getlist("user_pk"))).first()  # type: ignore[misc]
        if found is None:
            raise Http404
        return found

    @method_decorator(csrf_protect)
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        operator, user = cast(User, request.user), self.get_object()
        reason = request.POST.get("reason", "").strip()[:200]
        if not reason:
            messages.error(request, NO_REASON)
            return HttpResponseRedirect(page_of(user))
        acts.record(operator.pk, user, f"Looks at the pages as they do, for an hour at most. Reason: {reason}")
        kept = {name: request.session[name] for name in OF_THE_OPERATOR if name in request.session}
        become(request, user, {HISTORY: [str(operator.pk)], KEPT: {"session": kept, "reason": reason}})
        request.session.set_expiry(SECONDS)
        return HttpResponseRedirect(reverse("dashboard"))


class Stop(ReleaseUserView):  # type: ignore[misc]
    @method_decorator(csrf_protect)
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kept, user = request.session[KEPT], User.objects.get(pk=cast(UUID, request.user.pk))
        operator = User.objects.get(pk=request.session[HISTORY][-1])
        acts.record(operator.pk, user, f"No longer looks at the pages as they do. Reason was: {kept['reason']}")
        if not (operator.is_active and operator.is_staff):
            request.session.flush()
            return HttpResponseRedirect(reverse("account_login"))
        become(request, operator, kept["session"])
        return HttpResponseRedirect(page_of(user))


def is_hidden(request: HttpRequest) -> bool:
    """Passwords, second factors, keys; and the way back from Stripe, which reads there in order to write here."""
    from_stripe = request.path == reverse("billing") and ("checkout" in request.GET or "portal" in request.GET)
    return request.path.startswith(SECRET) or from_stripe


def refused(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        return api.error_response(OnlyLooking.code, OnlyLooking.sentence, OnlyLooking.status)
    return render(request, "admin/operators/only_looking.html", {"scene": "shut"}, status=OnlyLooking.status)


class Guard:
    """Middleware, the only one that knows of looking: it refuses, and ends what is no longer allowed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.session.get(HISTORY):
            return self.get_response(request)
        operator = User.objects.filter(pk=request.session[HISTORY][-1]).first()
        if operator is None or not may_look(hijacker=operator, hijacked=request.user):
            request.session.flush()
            request.user = AnonymousUser()
            return HttpResponseRedirect(reverse("account_login"))
        if request.path == reverse("stop-looking"):
            return self.get_response(request)
        if request.method not in SAFE or is_hidden(request):
            return refused(request)
        return self.read(request)

    def read(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
            response = self.get_response(request)
            transaction.set_rollback(True)
        return refused(request) if hasattr(request, WOULD_WRITE) else response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page that would have written; what it gets instead is made once this transaction is over."""
        if isinstance(error, DatabaseError) and getattr(error.__cause__, "sqlstate", "") == READ_ONLY:
            setattr(request, WOULD_WRITE, True)
            return HttpResponse(status=OnlyLooking.status)
        return None
