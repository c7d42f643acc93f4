"""What an embedded run hands to the product: the environment, completed with what `.env` and `.local` know."""

import os
import secrets
import socket
from functools import cached_property
from pathlib import Path

import environ

from embedded import folder
from embedded.folder import Folder, write_private
from embedded.server import HOST
from embedded.services import Services

ROOT = Path(__file__).resolve().parent.parent
LOCAL = ROOT / ".local"
SANDBOX_SECRET = "SANDBOX_WEBHOOK_SECRET"  # noqa: S105  (a name)
MADE_ONCE = ("SECRET_KEY", "CRON_SECRET", SANDBOX_SECRET)


class Configuration:
    """The environment of this run; a name set to nothing counts as not set."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = {name: value for name, value in environment.items() if value}

    @classmethod
    def read(cls) -> "Configuration":
        """`.env`, and over it the environment."""
        environ.Env.read_env(ROOT / ".env")
        return cls(dict(os.environ))

    @property
    def own_database(self) -> bool:
        return "DATABASE_URL" not in self.environment

    @property
    def own_broker(self) -> bool:
        return "REDIS_URL" not in self.environment

    @property
    def port(self) -> int:
        port = self.environment.get("PORT", "8000")
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise SystemExit(f"PORT is {port!r}, which is not a port: take a number between 1 and 65535.")
        return int(port)

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def own_stripe(self) -> bool:
        """Whether the local sandbox takes Stripe's place."""
        return "STRIPE_SECRET_KEY" not in self.environment

    @cached_property
    def sandbox_port(self) -> int:
        """The port after the product's, or any that is free when somebody has that one."""
        run = folder.running(LOCAL) or {}
        return int(run.get("sandbox_port") or free_port_near(self.port + 1))

    def completed(self, started: Services) -> dict[str, str]:
        """For the product's processes, which speak to the database as the application's role."""
        known = {
            "DEBUG": "1",
            "ALLOWED_HOSTS": f"localhost,{HOST}",
            "SITE_URL": self.address,
            "MEDIA_ROOT": str(LOCAL / "media"),
            "EMBEDDED": "1" if self.own_database else "0",
            "DJANGO_SETTINGS_MODULE": "avatarg.settings",
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
        }
        servers = {"DATABASE_URL": started.app_url, "REDIS_URL": started.redis_url}
        given = {name: url for name, url in servers.items() if url}
        secrets_kept = kept_secrets(started.folder)
        sandbox = self.sandbox(secrets_kept[SANDBOX_SECRET]) if self.own_stripe else {}
        return known | secrets_kept | self.environment | given | sandbox

    def sandbox(self, webhook_secret: str) -> dict[str, str]:
        """What makes the product speak to the local sandbox, and the sandbox to the product."""
        plans = ("PRO", "PREMIUM", "ENTERPRISE")
        return {f"STRIPE_PRICE_{plan}": f"price_sandbox_{plan.lower()}" for plan in plans} | {
            "STRIPE_SANDBOX": "1",
            "STRIPE_API_HOST": f"http://localhost:{self.sandbox_port}",
            "STRIPE_SANDBOX_WEBHOOK_URL": f"http://{HOST}:{self.port}/api/billing/webhook",
            "STRIPE_SECRET_KEY": "sk_test_00000000000000000000Sandbox",
            "STRIPE_PUBLISHABLE_KEY": "pk_test_00000000000000000000Sandbox",
            "STRIPE_WEBHOOK_SECRET": webhook_secret,
            "SANDBOX_PORT": str(self.sandbox_port),
        }

    def owners(self, started: Services) -> dict[str, str]:
        """For what changes the schema. With a DATABASE_URL of one's own, its role is all there is."""
        owner = {"DATABASE_URL": started.owner_url} if started.owner_url else {}
        return self.completed(started) | owner


def kept_secrets(home: Folder) -> dict[str, str]:
    """Made at the first start, so that sessions outlive a restart; a value in the environment goes before it."""
    path = home.root / "secrets.env"
    lines = path.read_text().splitlines() if path.exists() else []
    kept = dict(line.split("=", 1) for line in lines if "=" in line)
    missing = {name: secrets.token_urlsafe(48) for name in MADE_ONCE if name not in kept}
    if missing:
        kept |= missing
        write_private(path, "".join(f"{name}={value}\n" for name, value in kept.items()))
    return kept


def refuse_taken(port: int) -> None:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except PermissionError:
            raise SystemExit(f"Port {port} is reserved: choose one above 1023, PORT=8001 make run.") from None
        except OSError:
            raise SystemExit(
                f"Port {port} is taken by another program: end it, or choose another, PORT={port + 1} make run."
            ) from None


def free_port_near(wanted: int) -> int:
    """The wanted port when nobody listens there, else any free one."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, wanted))
        except (OSError, OverflowError):
            listener.bind((HOST, 0))
        return int(listener.getsockname()[1])
