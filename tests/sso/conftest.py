import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from accounts.models import User
from sso import connections
from sso.models import SingleSignOn
from tests.jobs import acts
from tests.sso.company import Company

SERVE = """
import oidc_provider_mock
with oidc_provider_mock.run_server_in_thread() as server:
    print(server.server_port, flush=True)
    input()
"""


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    """A real OpenID Connect provider on this machine, in a process of its own that ends with our end of the pipe."""
    command = [sys.executable, "-W", "ignore", "-c", SERVE]
    quiet = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen(command, **quiet) as process:
        yield f"http://localhost:{int(process.stdout.readline())}"
        process.stdin.close()


@pytest.fixture
def provider(settings, issuer) -> str:
    settings.SSO_ALLOW_LOOPBACK = True
    return issuer


@pytest.fixture
def owner(alice) -> User:
    acts.put_on(alice, "ENTERPRISE")
    return alice


@pytest.fixture
def sign_on(owner, provider) -> Callable[..., SingleSignOn]:
    """What the owner told of the company's provider; checked by an operator unless said otherwise."""

    def saved(*, checked: bool = True, required: bool = False, domain: str = "acme.test") -> SingleSignOn:
        made = connections.save_sign_on(
            owner_id=owner.pk, domain=domain, issuer=provider, client_id="avatarg", client_secret="s3cret",
            required=required,
        )  # fmt: skip
        if checked:
            connections.approve(made)
        return SingleSignOn.objects.get(pk=made.pk)

    return saved


@pytest.fixture
def company(provider) -> Company:
    return Company(provider)


@pytest.fixture
def browser() -> Client:
    return Client()
