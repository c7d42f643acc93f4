"""What a browser is told to refuse, as production says it: the level of an A+ in Mozilla's Observatory."""

import json
import subprocess
import sys

import pytest

from tests.cast import PASSWORD
from tests.environment import ROOT

FIXED = {
    "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
}  # fmt: skip
LOOSE = {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"}
ASK = """
import django, json, os
django.setup()
from django.test import Client
found = {}
client = Client(headers={"Host": "avatarg.example"})
for path in ("/accounts/login/", "/pricing", "/nothing", "/api/docs", "/api/jobs/list"):
    answer = client.get(path, secure=True)
    cookies = {name: {k: v for k, v in one.items() if v} for name, one in answer.cookies.items()}
    found[path] = {"status": answer.status_code, "headers": dict(answer.headers), "cookies": cookies}
plain = client.get("/accounts/login/")
found["plain"] = {"status": plain.status_code, "headers": dict(plain.headers)}
print(json.dumps(found))
"""
PRODUCTION = {
    "DEBUG": "0", "STRIPE_SANDBOX": "0", "STRIPE_API_HOST": "", "ALLOWED_HOSTS": "avatarg.example",
    "SECURE_SSL_REDIRECT": "1", "PYTHONWARNINGS": "ignore", "LOG_LEVEL": "CRITICAL",
}  # fmt: skip


@pytest.fixture
def production(live_env, tmp_path) -> dict:
    """A few answers of a process with production's settings and static files."""
    env = {**live_env, **PRODUCTION, "STATIC_ROOT": str(tmp_path)}
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, cwd=ROOT, env=env, check=True)
    asked = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr
    return json.loads(asked.stdout.splitlines()[-1])


def policy_of(answer: dict) -> dict[str, list[str]]:
    lines = answer["headers"]["Content-Security-Policy"].split(";")
    return {name: sources for name, *sources in (line.split() for line in lines)}


def test_every_answer_carries_the_headers_of_an_a_plus(production):
    plain = production.pop("plain")

    assert {path: answer["status"] for path, answer in production.items()} == {
        "/accounts/login/": 200, "/pricing": 200, "/nothing": 404, "/api/docs": 200, "/api/jobs/list": 401,
    }  # fmt: skip
    for path, answer in production.items():
        headers, policy = answer["headers"], policy_of(answer)
        assert policy["default-src"] == ["'self'"], path
        assert [policy[name] for name in ("object-src", "base-uri", "frame-ancestors")] == [["'none'"]] * 3
        assert policy["form-action"] == ["'self'", "https://checkout.stripe.com", "https://billing.stripe.com"]
        loose = {source for sources in policy.values() for source in sources} & LOOSE
        assert loose == set(), path
        assert headers["Strict-Transport-Security"].startswith("max-age=31536000"), path
        assert {name: headers[name] for name in FIXED} == FIXED, path
        assert "camera=()" in headers["Permissions-Policy"]
    assert (plain["status"], plain["headers"]["Location"]) == (301, "https://avatarg.example/accounts/login/")


def test_cookies_go_over_tls_and_stay_on_the_site(production):
    cookies = production["/accounts/login/"]["cookies"]

    assert {name: (one.get("secure"), one.get("samesite")) for name, one in cookies.items()} == {
        "csrftoken": (True, "Lax")
    }


def test_the_cookie_of_a_session_is_out_of_reach_of_scripts(client, alice, settings):
    settings.SESSION_COOKIE_SECURE = True
    client.post("/accounts/login/", {"login": alice.email, "password": PASSWORD})

    kept = client.cookies["sessionid"]
    assert (kept["httponly"], kept["secure"], kept["samesite"]) == (True, True, "Lax")


def test_what_is_signed_in_for_is_kept_by_no_cache(client, alice):
    client.force_login(alice)
    for path in ("/dashboard", "/dashboard/settings", "/api/credits/balance", "/accounts/email/"):
        kept = client.get(path).headers.get("Cache-Control", "")
        assert "no-store" in kept or "private" in kept, path
