"""A company's people at its own sign-in."""

import re
from urllib.parse import parse_qs, urlsplit

import httpx
from django.test import Client


class Company:
    """Walks through a sign-in as a browser does: our door, the provider's form, back to us."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer

    def claims(self, sub: str, **claims: object) -> None:
        httpx.put(f"{self.issuer}/users/{sub}", json=claims).raise_for_status()

    def onward(self, browser: Client, email: str) -> str:
        """Where the door leads, or nothing when it says no."""
        page = browser.post("/accounts/sso", {"email": email}).content.decode()
        found = re.search(r'http-equiv="refresh"\s+content="0; url=([^"]+)"', page)
        return found[1].replace("&amp;", "&") if found else ""

    def agree(self, address: str, sub: str) -> str:
        """Sign in at the provider. Returns the way back, without the host."""
        answer = httpx.post(address, data={"sub": sub})
        assert answer.status_code == 302, answer.text
        back = urlsplit(answer.headers["Location"])
        assert parse_qs(back.query)["code"]
        return f"{back.path}?{back.query}"

    def sign_in(self, browser: Client, email: str, sub: str):
        """The page on which a person ends."""
        return browser.get(self.agree(self.onward(browser, email), sub), follow=True)
