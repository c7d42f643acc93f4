"""A small S3 on loopback: as much of its protocol as files need, for one key. Of a signature it looks only at whose
it claims to be; that a client signs rightly is the library's matter."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

KEY, SECRET, NAME = "key-of-the-tests", "secret-of-the-tests", "avatarg-files"
XML = '<?xml version="1.0" encoding="UTF-8"?>'


@dataclass
class Bucket:
    """What lies in it, by name, and what was asked of it."""

    address: str
    objects: dict[str, bytes] = field(default_factory=dict)
    parts: dict[str, dict[int, bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    public: list[str] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "Server"

    def handle_one(self) -> None:
        parts = urlsplit(self.path)
        self.query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        bucket, _, self.name = unquote(parts.path).lstrip("/").partition("/")
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.held = self.server.bucket
        self.held.asked.append((self.command, self.name))
        if "x-amz-acl" in self.headers:
            self.held.public.append(self.name)
        if f"Credential={KEY}/" not in self.headers.get("Authorization", ""):
            self.refuse(403, "InvalidAccessKeyId")
        elif bucket != NAME:
            self.refuse(404, "NoSuchBucket")
        else:
            getattr(self, f"on_{self.command.lower()}")()

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = handle_one

    def on_put(self) -> None:
        if "uploadId" in self.query:
            self.held.parts[self.query["uploadId"]][int(self.query["partNumber"])] = self.body
        else:
            self.held.objects[self.name] = self.body
        self.answer(200, b"", ETag='"0"')

    def on_post(self) -> None:
        if "uploads" in self.query:
            number = str(len(self.held.parts))
            self.held.parts[number] = {}
            said = f"<InitiateMultipartUploadResult><UploadId>{number}</UploadId></InitiateMultipartUploadResult>"
        else:
            parts = self.held.parts[self.query["uploadId"]]
            self.held.objects[self.name] = b"".join(parts[number] for number in sorted(parts))
            said = '<CompleteMultipartUploadResult><ETag>"0"</ETag></CompleteMultipartUploadResult>'
        self.answer(200, f"{XML}{said}".encode())

    def on_delete(self) -> None:
        self.held.objects.pop(self.name, None)
        self.answer(204, b"")

    def on_head(self) -> None:
        self.on_get()

    def on_get(self) -> None:
        if not self.name:
            self.answer(200, self.listed().encode())
        elif self.name not in self.held.objects:
            self.refuse(404, "NoSuchKey")
        elif asked := self.headers.get("Range"):
            first, last = (int(word or 2**62) for word in asked.removeprefix("bytes=").split("-"))
            whole = self.held.objects[self.name]
            piece = whole[first : last + 1]
            self.answer(206, piece, Content_Range=f"bytes {first}-{first + len(piece) - 1}/{len(whole)}")
        else:
            self.answer(200, self.held.objects[self.name], ETag='"0"')

    def listed(self) -> str:
        prefix, delimiter = self.query.get("prefix", ""), self.query.get("delimiter", "")
        names = [name for name in sorted(self.held.objects) if name.startswith(prefix)]
        below = [name for name in names if delimiter and delimiter in name[len(prefix) :]]
        folders = sorted({prefix + name[len(prefix) :].split(delimiter)[0] + delimiter for name in below})
        files = "".join(f"<Contents><Key>{escape(one)}</Key></Contents>" for one in names if one not in below)
        common = "".join(f"<CommonPrefixes><Prefix>{escape(one)}</Prefix></CommonPrefixes>" for one in folders)
        return f"{XML}<ListBucketResult><IsTruncated>false</IsTruncated>{files}{common}</ListBucketResult>"

    def refuse(self, status: int, code: str) -> None:
        self.answer(status, f"{XML}<Error><Code>{code}</Code><Message>{code}</Message></Error>".encode())

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), "Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT"}.items():
            self.send_header(name, value)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Not on the terminal of the tests."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.bucket = Bucket(f"http://127.0.0.1:{self.server_port}")


@contextmanager
def serving() -> Iterator[Bucket]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.bucket
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
