"""The OpenAPI description: complete, valid, and true."""

import json
import re
import sys
from subprocess import run

import pytest
from django.urls import get_resolver

from tests import environment


@pytest.fixture
def schema(stranger) -> dict:
    return stranger.get("/api/schema", headers={"Accept": "application/json"}).json()


def ours() -> set[str]:
    """Every address of the API, as OpenAPI writes it."""
    patterns = [str(one.pattern) for part in get_resolver().url_patterns for one in getattr(part, "url_patterns", [])]
    return {"/" + re.sub(r"<[a-z]+:([a-z_]+)>", r"{\1}", path) for path in patterns if path.startswith("api/")}


def test_it_is_generated_without_a_warning_and_valid(live_env):
    command = [sys.executable, "manage.py", "spectacular", "--fail-on-warn", "--validate", "--format", "openapi-json"]

    made = run(command, cwd=environment.ROOT, env=live_env, capture_output=True, text=True, check=False)

    assert (made.returncode, made.stderr) == (0, "")
    assert json.loads(made.stdout)["openapi"].startswith("3.")


def test_it_names_every_address(schema):
    assert set(schema["paths"]) == ours()


def test_it_names_who_may_call_and_how(schema):
    assert schema["paths"]["/api/agents/execute"]["post"]["security"] == [{"cookieAuth": []}, {"apiKey": []}]
    assert schema["paths"]["/api/jobs/list"]["get"]["security"] == [{"cookieAuth": []}, {"apiKey": []}]
    assert schema["paths"]["/api/billing/checkout"]["post"]["security"] == [{"cookieAuth": []}]
    reset = schema["paths"]["/api/cron/reset-credits"]
    assert [reset[method]["security"] for method in ("get", "post")] == [[{"cronSecret": []}]] * 2
    assert set(schema["components"]["securitySchemes"]) == {"cookieAuth", "apiKey", "cronSecret"}
    assert schema["components"]["securitySchemes"]["apiKey"]["scheme"] == "bearer"


def test_it_describes_the_one_error_body(schema):
    execute = schema["paths"]["/api/agents/execute"]["post"]["responses"]
    assert execute["4XX"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Error"}
    assert set(schema["components"]["schemas"]["Error"]["required"]) == {"error", "code", "metadata"}


def test_the_docs_are_readable(stranger):
    response = stranger.get("/api/docs")

    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "swagger-ui" in response.content.decode()


def test_a_write_is_open_to_keys_only_where_its_view_says_so(stranger):
    paths = stranger.get("/api/schema", headers={"Accept": "application/json"}).json()["paths"]
    writes = [
        (method, path) for path, methods in paths.items() for method, described in methods.items()
        if method != "get" and {"apiKey": []} in described["security"]
    ]  # fmt: skip

    assert sorted(writes) == [
        ("delete", "/api/jobs/{job_id}/artifacts/{name}"),
        ("delete", "/api/voices/{voice_id}"),
        ("post", "/api/agents/execute"),
        ("post", "/api/agents/quote"),
        ("post", "/api/jobs/{job_id}/cancel"),
        ("post", "/api/jobs/{job_id}/retry"),
        ("post", "/api/uploads"),
    ]
