"""What holds for every address of the API: who may call, one error body, JSON whatever happens."""

from uuid import UUID

import pytest
from django.test import Client

from tests.api.calls import CHAT, UNAUTHENTICATED, Api, error
from tests.cast import PASSWORD
from tests.jobs import acts

NOWHERE = UUID("01a20491-b795-7126-8a27-ee220f83d610")
NOT_FOUND = error("NOT_FOUND", "There is nothing here.")
NO_METHOD = error("METHOD_NOT_ALLOWED", "This address does not take that method.")
ADDRESSES = [
    ("GET", "/api/agents"),
    ("POST", "/api/agents/execute"),
    ("POST", "/api/agents/quote"),
    ("GET", "/api/jobs/list"),
    ("GET", f"/api/jobs/{NOWHERE}"),
    ("POST", f"/api/jobs/{NOWHERE}/cancel"),
    ("POST", f"/api/jobs/{NOWHERE}/retry"),
    ("GET", f"/api/jobs/{NOWHERE}/artifacts/note.txt"),
    ("DELETE", f"/api/jobs/{NOWHERE}/artifacts/note.txt"),
    ("POST", "/api/uploads"),
    ("GET", "/api/voices"),
    ("DELETE", f"/api/voices/{NOWHERE}"),
    ("GET", "/api/credits/balance"),
    ("GET", "/api/credits/transactions"),
    ("GET", "/api/credits/transactions.csv"),
]
WRITES = [address for address in ADDRESSES if address[0] != "GET"]
ids = [f"{method} {path.replace(str(NOWHERE), 'id')}" for method, path in ADDRESSES]


@pytest.mark.parametrize(("method", "path"), ADDRESSES, ids=ids)
def test_a_stranger_is_asked_to_sign_in(stranger, method, path):
    response = stranger.generic(method, path, "", content_type="application/json")

    assert (response.status_code, response.json()) == (401, UNAUTHENTICATED)
    assert response.headers["WWW-Authenticate"] == "Session"


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_a_write_without_the_csrf_token_is_refused(alice, method, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)

    response = client.generic(method, path, "{}", content_type="application/json")

    assert (response.status_code, response.json()) == (403, error("PERMISSION_DENIED", "You may not do that."))
    assert acts.rows_of(alice) == []


def test_a_write_with_the_csrf_token_of_a_page_is_taken(alice):
    client = Client(enforce_csrf_checks=True)
    token = client.get("/accounts/login/").cookies["csrftoken"].value
    signed_in = client.post(
        "/accounts/login/", {"login": alice.email, "password": PASSWORD}, headers={"X-CSRFToken": token}
    )
    assert signed_in.status_code == 302
    token = client.cookies["csrftoken"].value

    response = client.post("/api/agents/execute", CHAT, content_type="application/json", headers={"X-CSRFToken": token})

    assert response.status_code == 202


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/nothing", "/api/jobs/7", "/api/jobs/list/", "/api/a%0Ab/%00"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_unknown_address_is_not_found_in_json(stranger, api, path, method):
    strict = Client(enforce_csrf_checks=True)
    for client in (stranger, api.client, strict):
        response = client.generic(method, path)
        assert (response.status_code, response.json()) == (404, NOT_FOUND)


@pytest.mark.parametrize(("method", "path"), [("PUT", "agents/execute"), ("DELETE", "agents"), ("GET", "uploads")])
def test_a_method_that_is_not_taken(api, method, path):
    response = api.client.generic(method, f"/api/{path}", "{}", content_type="application/json")

    assert (response.status_code, response.json()) == (405, NO_METHOD)


@pytest.mark.parametrize("accept", ["text/html", "image/png", "application/xml", "text/csv;q=0.1"])
def test_whatever_a_client_accepts_it_gets_the_one_form_there_is(api, accept):
    response = api.client.get("/api/credits/balance", headers={"Accept": accept})

    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")


def test_an_error_of_ours_is_json_and_shows_nothing_of_it(alice, monkeypatch):
    def broken(*_arguments, **_options):
        raise RuntimeError("postgres://user:secret@db")

    monkeypatch.setattr("jobs.submission.submit", broken)
    api = Api(alice, raise_request_exception=False)

    status, body = api.post("agents/execute", CHAT)

    assert (status, body["code"], body["metadata"]) == (500, "SERVER_ERROR", {})
    assert "secret" not in str(body)


def test_somebody_who_was_disabled_is_a_stranger(api, alice):
    type(alice).objects.update(is_active=False)

    assert api.get("credits/balance") == (401, UNAUTHENTICATED)
