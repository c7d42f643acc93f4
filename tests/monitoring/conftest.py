import socket

import pytest


@pytest.fixture
def unused_tcp_port() -> int:
    """A port of this machine where nobody listens."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]
