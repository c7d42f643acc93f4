"""HTTP to providers: bounded in bytes and in time, without redirects and without what the environment says."""

import time
from collections.abc import Iterator

import httpx2

LONGEST_WAIT = 15.0


class Bounded(httpx2.SyncByteStream):
    """A body that ends after so many bytes, whatever more is coming, and fails after so much time."""

    def __init__(self, stream: httpx2.SyncByteStream, most_bytes: int, until: float) -> None:
        self.stream, self.most_bytes, self.until = stream, most_bytes, until

    def __iter__(self) -> Iterator[bytes]:
        left = self.most_bytes
        for chunk in self.stream:
            if time.monotonic() > self.until:
                raise httpx2.ReadTimeout("The whole answer took too long.")
            yield chunk[:left]
            left -= len(chunk)
            if left <= 0:
                return

    def close(self) -> None:
        self.stream.close()


class BoundedTransport(httpx2.HTTPTransport):
    """Compressed answers are refused: a small one may unfold without end."""

    def __init__(self, *, most_bytes: int, most_seconds: float) -> None:
        super().__init__()
        self.most_bytes, self.most_seconds = most_bytes, most_seconds

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        until = time.monotonic() + self.most_seconds
        response = super().handle_request(request)
        if response.headers.get("Content-Encoding", "identity") != "identity":
            response.close()
            raise httpx2.RemoteProtocolError("The answer is compressed, which was not asked for.", request=request)
        if isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = Bounded(response.stream, self.most_bytes, until)
        return response


def client(*, most_bytes: int, most_seconds: float, timeout: httpx2.Timeout | float) -> httpx2.Client:
    return httpx2.Client(
        transport=BoundedTransport(most_bytes=most_bytes, most_seconds=most_seconds), timeout=timeout,
        trust_env=False, headers={"Accept-Encoding": "identity"},
    )  # fmt: skip


def retry_after(headers: httpx2.Headers) -> float:
    """The seconds that a provider wants to be left alone, within reason; 0 when it does not say."""
    try:
        return max(0.0, min(LONGEST_WAIT, float(headers.get("Retry-After", "0"))))
    except ValueError:
        return 0.0
