import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avatarg.settings")
Start = Callable[..., Any]
REST_BYTES, PIECE = 4 * 1024 * 1024, 65_536


def hearing_out(product: Callable[[dict[str, Any], Start], Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """What is refused by its length or its sender is answered before its body was read. The web server then closes
    the connection while the other side still sends, which may lose it the answer: a proxy says 502 instead. So the rest
    is read, and thrown away, to a bound."""

    def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        refused = []

        def start(status: str, *more: Any) -> Any:
            refused.append(status[:1] == "4")
            return start_response(status, *more)

        answer = product(environ, start)
        if any(refused) and environ.get("CONTENT_LENGTH"):
            left = REST_BYTES
            while left > 0 and (piece := environ["wsgi.input"].read(min(left, PIECE))):
                left -= len(piece)
        return answer

    return application


application = hearing_out(get_wsgi_application())
