"""Every address, and what each of five comers gets there: anonymous, owner, stranger, staff, key.

The stranger has the same plan as the owner, so that what they meet is a question of whose it is. A staff member is a
stranger on people's pages. A key opens the API and nothing else.
"""

from typing import Any, NamedTuple

PNG = "artifacts/image.png"
HOOK = "/dashboard/settings/webhooks/{endpoint}"


class Row(NamedTuple):
    route: str
    method: str
    path: str
    anonymous: int
    owner: int
    stranger: int
    staff: int
    key: int
    body: Any = None


def public(route: str, path: str, method: str = "get", status: int = 200, body: Any = None) -> Row:
    return Row(route, method, path, status, status, status, status, status, body)


def page(route: str, path: str, method: str = "get", status: int = 200, body: Any = None) -> Row:
    """A signed-in person's own page: the same for each, with their own things on it."""
    return Row(route, method, path, 302, status, status, status, 302, body)


def owned(route: str, path: str, method: str = "get", status: int = 200, body: Any = None) -> Row:
    """About one thing of alice's."""
    return Row(route, method, path, 302, status, 404, 404, 302, body)


def call(route: str, path: str, method: str = "get", status: int = 200, body: Any = None) -> Row:
    return Row(route, method, path, 401, status, status, status, status, body)


def owned_call(route: str, path: str, method: str = "get", status: int = 200, body: Any = None) -> Row:
    return Row(route, method, path, 401, status, 404, 404, status, body)


CHAT = {"agent_id": "chat", "input": {"message": "hello"}}

SITE = (
    public("", "/"),
    public("pricing", "/pricing"),
    public("styleguide", "/styleguide", status=404),
    public("healthz", "/healthz"),
    public("readyz", "/readyz", status=503),
    public("metrics", "/metrics", status=404),
    public("language", "/language", "post", 303, {"language": "ka"}),
    public("mail/off/<str:token>", "/mail/off/{mail}"),
    public("mail/off/<str:token>", "/mail/off/forged", "post", 404),
)
PAGES = (
    page("dashboard", "/dashboard"),
    page("dashboard/billing", "/dashboard/billing"),
    page("dashboard/billing/upgrade", "/dashboard/billing/upgrade", "post", 303, {"plan": "NONE"}),
    page("dashboard/billing/portal", "/dashboard/billing/portal", "post", 303),
    page("dashboard/credits", "/dashboard/credits"),
    page("dashboard/settings", "/dashboard/settings"),
    page("dashboard/settings/keys", "/dashboard/settings/keys"),
    owned("dashboard/settings/keys/<uuid:key_id>/revoke", "/dashboard/settings/keys/{key}/revoke", "post", 303),
    page("dashboard/settings/sso", "/dashboard/settings/sso"),
    page("dashboard/settings/sso/remove", "/dashboard/settings/sso/remove", "post", 303),
    page("dashboard/settings/webhooks", "/dashboard/settings/webhooks"),
    owned("dashboard/settings/webhooks/<uuid:endpoint_id>", f"{HOOK}"),
    owned("dashboard/settings/webhooks/<uuid:endpoint_id>/secret", f"{HOOK}/secret", "post", 201),
    owned("dashboard/settings/webhooks/<uuid:endpoint_id>/switch", f"{HOOK}/switch", "post", 303, {"to": "off"}),
    owned("dashboard/settings/webhooks/<uuid:endpoint_id>/test", f"{HOOK}/test", "post", 303),
    owned("dashboard/settings/webhooks/<uuid:endpoint_id>/delete", f"{HOOK}/delete", "post", 303),
    owned(
        "dashboard/settings/webhooks/<uuid:endpoint_id>/deliveries/<uuid:delivery_id>/again",
        f"{HOOK}/deliveries/{{delivery}}/again",
        "post",
        303,
    ),
    page("dashboard/support", "/dashboard/support"),
    owned("dashboard/support/<uuid:ticket_id>", "/dashboard/support/{ticket}"),
    owned("dashboard/support/<uuid:ticket_id>/close", "/dashboard/support/{ticket}/close", "post", 303),
    owned("dashboard/support/<uuid:ticket_id>/reopen", "/dashboard/support/{ticket}/reopen", "post", 303),
    public("looking/stop", "/looking/stop", "post", 403),
    page("dashboard/picture", "/dashboard/picture", status=404),
    page("dashboard/agents/avatar-g-agent", "/dashboard/agents/avatar-g-agent"),
    page("dashboard/agents/<slug:agent_id>", "/dashboard/agents/chat"),
    page("dashboard/agents/<slug:agent_id>/price", "/dashboard/agents/chat/price", "post", 303),
    page("dashboard/agents/<slug:agent_id>/interest", "/dashboard/agents/game-creator/interest", "post", 303),
    owned("dashboard/turns/<uuid:job_id>", "/dashboard/turns/{talk}", status=303),
    page("dashboard/jobs", "/dashboard/jobs"),
    owned("dashboard/jobs/<uuid:job_id>", "/dashboard/jobs/{job}"),
    owned("dashboard/jobs/<uuid:job_id>/cancel", "/dashboard/jobs/{talk}/cancel", "post", 303),
    owned("dashboard/jobs/<uuid:job_id>/missing", "/dashboard/jobs/{job}/missing", "post", 303),
    owned("dashboard/jobs/<uuid:job_id>/retry", "/dashboard/jobs/{job}/retry", "post", 303),
    owned(
        "dashboard/jobs/<uuid:job_id>/artifacts/<str:name>/delete", f"/dashboard/jobs/{{job}}/{PNG}/delete", "post", 303
    ),
)
API = (
    call("api/credits/balance", "/api/credits/balance"),
    call("api/credits/transactions", "/api/credits/transactions"),
    call("api/credits/transactions.csv", "/api/credits/transactions.csv"),
    Row("api/billing/checkout", "post", "/api/billing/checkout", 401, 400, 400, 400, 403, {"plan": "FREE"}),
    Row("api/billing/portal", "post", "/api/billing/portal", 401, 400, 400, 400, 403),
    public("api/billing/webhook", "/api/billing/webhook", "post", 400, {}),
    public("api/cron/reset-credits", "/api/cron/reset-credits", "post", 401),
    call("api/agents", "/api/agents"),
    call("api/agents/execute", "/api/agents/execute", "post", 202, CHAT),
    call("api/agents/quote", "/api/agents/quote", "post", 200, CHAT),
    call("api/jobs/list", "/api/jobs/list"),
    owned_call("api/jobs/<uuid:job_id>", "/api/jobs/{job}"),
    owned_call("api/jobs/<uuid:job_id>/cancel", "/api/jobs/{talk}/cancel", "post"),
    owned_call("api/jobs/<uuid:job_id>/retry", "/api/jobs/{job}/retry", "post", 202),
    owned_call("api/jobs/<uuid:job_id>/artifacts/<str:name>", f"/api/jobs/{{job}}/{PNG}"),
    owned_call("api/jobs/<uuid:job_id>/artifacts/<str:name>", f"/api/jobs/{{job}}/{PNG}", "delete", 204),
    call("api/uploads", "/api/uploads", "post", 400, {}),
    call("api/voices", "/api/voices"),
    owned_call("api/voices/<uuid:voice_id>", "/api/voices/{voice}", "delete", 204),
    public("api/schema", "/api/schema"),
    public("api/docs", "/api/docs"),
    public(r"^api(?:/[\s\S]*)?$", "/api/nothing", status=404),
)
DOORS = (
    Row("accounts/sso", "get", "/accounts/sso", 200, 302, 302, 302, 200),
    public("accounts/oidc/<str:provider_id>/login/", "/accounts/oidc/x/login/", status=302),
    public("^accounts/(?:3rdparty|social)/", "/accounts/3rdparty/", status=302),
    public("accounts/oidc/^(?P<provider_id>[^/]+)/login/callback/", "/accounts/oidc/x/login/callback/", status=404),
    Row("accounts/login/", "get", "/accounts/login/", 200, 302, 302, 302, 200),
    Row("accounts/signup/", "get", "/accounts/signup/", 200, 302, 302, 302, 200),
    page("accounts/logout/", "/accounts/logout/"),
    public("accounts/inactive/", "/accounts/inactive/"),
    page("accounts/reauthenticate/", "/accounts/reauthenticate/"),
    page("accounts/email/", "/accounts/email/"),
    public("accounts/confirm-email/", "/accounts/confirm-email/"),
    page("accounts/password/change/", "/accounts/password/change/"),
    page("accounts/password/set/", "/accounts/password/set/", status=302),
    public("accounts/password/reset/", "/accounts/password/reset/"),
    public("accounts/password/reset/done/", "/accounts/password/reset/done/"),
    public("accounts/password/reset/key/done/", "/accounts/password/reset/key/done/"),
    public(
        "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", "/accounts/password/reset/key/1-forged/"
    ),
    public("accounts/^confirm-email/(?P<key>[-:\\w]+)/$", "/accounts/confirm-email/forged/"),
    public("accounts/login/code/confirm/", "/accounts/login/code/confirm/", status=302),
)
SECOND_FACTOR = (  # who signed in long ago shows who they are once more
    page("accounts/2fa/", "/accounts/2fa/"),
    public("accounts/2fa/authenticate/", "/accounts/2fa/authenticate/", status=302),
    page("accounts/2fa/reauthenticate/", "/accounts/2fa/reauthenticate/", status=302),
    page("accounts/2fa/recovery-codes/", "/accounts/2fa/recovery-codes/", status=404),
    page("accounts/2fa/recovery-codes/download/", "/accounts/2fa/recovery-codes/download/", status=404),
    page("accounts/2fa/recovery-codes/generate/", "/accounts/2fa/recovery-codes/generate/", status=302),
    page("accounts/2fa/totp/activate/", "/accounts/2fa/totp/activate/", status=302),
    page("accounts/2fa/totp/deactivate/", "/accounts/2fa/totp/deactivate/", status=404),
)
HIDDEN = (  # behind ours, which come first
    r"accounts/3rdparty/.*", r"accounts/social/.*", r"accounts/oidc/\^\(\?P<provider_id>\[\^/\]\+\)/login/",
)  # fmt: skip
GROUPS = {"site": SITE, "pages": PAGES, "api": API, "doors": DOORS, "second factor": SECOND_FACTOR}
ADMIN_MAY = {
    "accounts/user": {"add"}, "agents/agentswitch": {"add", "delete"}, "auth/group": {"add", "delete"},
    "account/emailaddress": {"add", "delete"},
}  # fmt: skip
"""What the strongest operator may add or delete in the admin; all else is written by the domain alone."""
ROWS = tuple(row for rows in GROUPS.values() for row in rows)
