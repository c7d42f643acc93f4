"""What an embedded run hands to the product: the environment, completed with what `.env` and `.local` know."""

import os
import secrets
import socket
from pathlib import Path

import environ

from embedded.folder import Folder, write_private
from embedded.server import HOST
from embedded.services import Services

ROOT = Path(__file__).resolve().parent.parent
LOCAL = ROOT / ".local"
MADE_ONCE = ("SECRET_KEY", "CRON_SECRET")


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

    def completed(self, started: Services) -> dict[str, str]:
        """For the product's processes, which speak to the database as the application's role."""
        known = {
            "DEBUG": "1",
            "ALLOWED_HOSTS": f"localhost,{HOST}",
            "MEDIA_ROOT": str(LOCAL / "media"),
            "EMBEDDED": "1" if self.own_database else "0",
            "DJANGO_SETTINGS_MODULE": "avatarg.settings",
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
        }
        servers = {"DATABASE_URL": started.app_url, "REDIS_URL": started.redis_url}
        given = {name: url for name, url in servers.items() if url}
        return known | kept_secrets(started.folder) | self.environment | given

    def owners(self, started: Services) -> dict[str, str]:
        """For what changes the schema. With a DATABASE_URL of one's own, its role is all there is."""
        owner = {"DATABASE_URL": started.owner_url} if started.owner_url else {}
        return self.completed(started) | owner


def kept_secrets(folder: Folder) -> dict[str, str]:
    """Made at the first start, so that sessions outlive a restart; a value in the environment goes before it."""
    path = folder.root / "secrets.env"
    if not path.exists():
        write_private(path, "".join(f"{name}={secrets.token_urlsafe(48)}\n" for name in MADE_ONCE))
    return dict(line.split("=", 1) for line in path.read_text().splitlines() if "=" in line)


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
