"""Whether a deployment answers as it should, seen from outside. Needs Python 3.11 and nothing installed:

    python3 deploy/smoke.py https://avatarg.example
    python3 deploy/smoke.py https://localhost --insecure --email you@avatarg.example       (asks for the password)

It writes nothing, except that --email signs in, and that --upload leaves a file of 20 MB in that person's storage. It
ends with 1 when something is not as it should be.
"""

import argparse
import getpass
import html
import http.cookiejar
import json
import os
import re
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import Message

SECONDS = 30
WEBHOOK, UPLOADS = "/api/billing/webhook", "/api/uploads"
WEBHOOK_BYTES, UPLOAD_BYTES = 256 * 1024, 20 * 1024 * 1024
HASHED = re.compile(r"\.[0-9a-f]{12}\.")
YEAR = 31_536_000


class Unlike(Exception):
    """What was seen is not what should be seen."""


@dataclass
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    def json(self) -> dict[str, object]:
        try:
            return dict(json.loads(self.body))
        except ValueError:
            raise Unlike(f"is no JSON, but {self.text[:80]!r}") from None


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@dataclass
class Site:
    base: str
    insecure: bool = False
    cookies: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)
    always: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        trust = ssl.create_default_context()
        if self.insecure:
            trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
        self.opener = urllib.request.build_opener(
            Stay, urllib.request.HTTPSHandler(context=trust), urllib.request.HTTPCookieProcessor(self.cookies)
        )

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> Answer:
        address = path if "://" in path else f"{self.base}{path}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(  # noqa: S310  our own
            address, body, {"Referer": f"{self.base}/"} | self.always | named
        )
        try:
            with self.opener.open(request, timeout=SECONDS) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as answer:
            with answer:
                return Answer(answer.code, answer.headers, answer.read())

    def form(self, path: str, **fields: str) -> Answer:
        page = self.ask(path).text
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if not found:
            raise Unlike("holds no form")
        return self.ask(path, urllib.parse.urlencode({"csrfmiddlewaretoken": found[1], **fields}).encode())

    def send(self, size: int) -> Answer:
        """A picture of so many bytes."""
        token = next((cookie.value for cookie in self.cookies if cookie.name == "csrftoken"), "") or ""
        named = b'Content-Disposition: form-data; name="file"; filename="smoke.png"'
        picture = b"\x89PNG\r\n\x1a\n" + bytes(size - 8)
        body = b"\r\n".join((b"--smoke", named, b"Content-Type: image/png", b"", picture, b"--smoke--", b""))
        return self.ask(UPLOADS, body, Content_Type="multipart/form-data; boundary=smoke", X_CSRFToken=token)


def must(held: object, otherwise: str) -> None:
    if not held:
        raise Unlike(otherwise)


def is_alive(site: Site) -> None:
    answer = site.ask("/healthz")
    must((answer.status, answer.json()) == (200, {"status": "ok"}), f"answers {answer.status}")


def is_ready(site: Site) -> None:
    told = site.ask("/readyz").json()
    silent = [name for name in ("database", "broker", "worker", "studio") if not told.get(name)]
    must(not silent, f"{', '.join(silent)} not ready")


def sends_on_to_https(site: Site) -> None:
    host = urllib.parse.urlsplit(site.base).hostname
    answer = site.ask(os.environ.get("SMOKE_HTTP", f"http://{host}") + "/pricing")
    to = answer.headers.get("Location", "")
    must(answer.status in (301, 308) and to.startswith("https://"), f"http answers {answer.status} {to}")


def guards_its_pages(site: Site) -> None:
    answer = site.ask("/")
    must(answer.status == 200, f"answers {answer.status}")
    hsts = re.match(r"max-age=(\d+)", answer.headers.get("Strict-Transport-Security", ""))
    must(hsts and int(hsts[1]) >= YEAR / 2, "no Strict-Transport-Security of half a year or more")
    must("default-src 'self'" in answer.headers.get("Content-Security-Policy", ""), "no Content-Security-Policy")
    must(answer.headers.get("X-Frame-Options") == "DENY", "may be framed")
    must(answer.headers.get("X-Content-Type-Options") == "nosniff", "lets types be guessed")


def serves_its_files(site: Site) -> None:
    page = site.ask("/").text
    files = {html.unescape(one) for one in re.findall(r'(?:href|src)="(/static/[^"?]+)', page)}
    must(files, "the first page names no file")
    plain = [one for one in files if not HASHED.search(one)]
    must(not plain, f"{plain[:1]} has no hash in its name: is DEBUG on, or were files not collected?")
    for one in sorted(files):
        answer = site.ask(one)
        must(answer.status == 200, f"{one} answers {answer.status}")
        must("immutable" in answer.headers.get("Cache-Control", ""), f"{one} may not be kept by browsers")


def keeps_cookies_safe(site: Site) -> None:
    answer = site.ask("/accounts/login/")
    must(answer.status == 200, f"answers {answer.status}")
    cookies = answer.headers.get_all("Set-Cookie") or []
    must(any("csrftoken=" in one for one in cookies) or site.cookies, "sets no cookie")
    must(all("secure" in one.lower() for one in cookies), "a cookie goes over http too")


def tells_nothing_of_itself(site: Site) -> None:
    answer = site.ask("/no-such-page")
    must(answer.status == 404, f"an unknown page answers {answer.status}")
    must("DEBUG = True" not in answer.text and "urlpatterns" not in answer.text, "shows errors to everybody: DEBUG=0")


def knows_its_host(site: Site) -> None:
    answer = site.ask("/", Host="another.invalid")
    must(answer.status >= 400 or "avatarg" not in answer.text.lower(), f"another host's page answers {answer.status}")


def answers_programs(site: Site) -> None:
    answer = site.ask("/api/credits/balance")
    must((answer.status, answer.json().get("code")) == (401, "UNAUTHENTICATED"), f"answers {answer.status}")
    must(site.ask("/api/schema").status == 200, "its description does not answer")


def takes_only_stripes_events(site: Site) -> None:
    forged = site.ask(WEBHOOK, b"{}", Content_Type="application/json", Stripe_Signature="t=1,v1=00")
    must((forged.status, forged.json().get("code")) == (400, "INVALID_SIGNATURE"), f"a forged one gets {forged.status}")
    large = site.ask(WEBHOOK, b" " * (WEBHOOK_BYTES + 1), Content_Type="application/json")
    seen = (large.status, large.json().get("code"))
    must(seen == (413, "PAYLOAD_TOO_LARGE"), f"one of 256 KB and a byte gets {seen}, not our own 413")


def has_an_operators_door(site: Site) -> None:
    answer = site.ask("/admin/")
    must(answer.status == 302 and "login" in answer.headers.get("Location", ""), f"/admin/ answers {answer.status}")


OUTSIDE = (
    is_alive, is_ready, sends_on_to_https, guards_its_pages, serves_its_files, keeps_cookies_safe,
    tells_nothing_of_itself, knows_its_host, answers_programs, takes_only_stripes_events, has_an_operators_door,
)  # fmt: skip


def lets_in(email: str, password: str) -> Callable[[Site], None]:
    def lets_a_person_in(site: Site) -> None:
        answer = site.form("/accounts/login/", login=email, password=password)
        must(answer.status == 302, f"signing in answers {answer.status}")
        for one in answer.headers.get_all("Set-Cookie") or []:
            must("secure" in one.lower(), "the session's cookie goes over http too")
        for page in ("/dashboard", "/dashboard/billing", "/dashboard/jobs", "/dashboard/credits"):
            seen = site.ask(page).status
            must(seen == 200, f"{page} answers {seen}")
        balance = site.ask("/api/credits/balance").json()
        must(isinstance(balance.get("balance"), int), f"no balance, but {balance}")

    return lets_a_person_in


def takes_files(site: Site) -> None:
    """One at the bound is taken; one above is refused by us, not by the proxy."""
    large = site.send(UPLOAD_BYTES + 1)
    seen = (large.status, large.json().get("code"))
    must(seen == (413, "PAYLOAD_TOO_LARGE"), f"one byte too many gets {seen}, not our own 413")
    taken = site.send(UPLOAD_BYTES)
    must(taken.status == 201, f"20 MB get {taken.status}: {taken.text[:80]!r}")
    must(taken.json().get("size") == UPLOAD_BYTES, "not all of it arrived")


def outcomes(site: Site, checks: tuple[Callable[[Site], None], ...]) -> Iterator[tuple[str, str]]:
    """Each check with what is wrong, or nothing."""
    for check in checks:
        wrong = ""
        try:
            check(site)
        except Unlike as seen:
            wrong = str(seen)
        except OSError as error:
            wrong = f"does not answer ({error})"
        yield check.__name__.replace("_", " "), wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", help="https://the.host")
    parser.add_argument("--insecure", action="store_true", help="take any certificate")
    parser.add_argument("--email", help="sign in as this person; the password from SMOKE_PASSWORD or the terminal")
    parser.add_argument("--upload", action="store_true", help="with --email: send files up to the bound")
    given = parser.parse_args()
    checks: tuple[Callable[[Site], None], ...] = OUTSIDE
    if given.email:
        password = os.environ.get("SMOKE_PASSWORD") or getpass.getpass()
        checks += (lets_in(given.email, password), *([takes_files] if given.upload else []))
    failed = 0
    for name, wrong in outcomes(Site(given.base.rstrip("/"), given.insecure), checks):
        print(f"{'FAILED' if wrong else 'ok':<7} {name}{f': {wrong}' if wrong else ''}")
        failed += bool(wrong)
    print(f"{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
