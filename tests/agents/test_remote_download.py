"""Where a provider may send us to fetch what it made, and where not."""

import socket
import time

import httpx2
import pytest

from agents.engines.providers import download
from agents.engines.providers.download import Undeliverable, Unreachable
from tests.agents.studio import KEY, studio

HOME = "https://api.provider.test/v1"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(download, "PAUSES", (0.01, 0.01))


def fetched(server, address, most_bytes=1000, seconds=5.0):
    return download.download(
        address, home=server.url, key=KEY, most_bytes=most_bytes, until=time.monotonic() + seconds
    )  # fmt: skip


def target(address, home=HOME):
    return download.target_for(httpx2.URL(address), httpx2.URL(home), KEY)


def named(monkeypatch, *addresses):
    def found(host, port, **_facts):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", found)


def test_the_provider_s_own_files_come_with_the_key():
    with studio() as server:
        server.files["/made"] = b"sound"
        assert fetched(server, "/made") == fetched(server, f"{server.root}/made") == b"sound"
    assert {one["Authorization"] for one in server.headers} == {f"Bearer {KEY}"}


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/made",
        "http://localhost:{port}/made",
        "http://169.254.169.254/latest/meta-data",
        "https://127.0.0.1/made",
        "https://[::1]/made",
        "https://10.0.0.8/made",
        "https://169.254.169.254/latest",
        "https://localhost/made",
        "https://0.0.0.0/made",
        "https://2130706433/made",
        "https://100.64.0.1/made",
        "https://224.0.0.1/made",
        "https://[::ffff:127.0.0.1]/made",
        "https://[64:ff9b::7f00:1]/made",
        "https://[2002:7f00:1::]/made",
        "https://[fe80::1]/made",
        "https://[fd00::1]/made",
        "https://user:password@8.8.8.8/made",
        "http://8.8.8.8/made",
        "ftp://8.8.8.8/made",
        "file:///etc/passwd",
        "data:text/plain,hello",
        "https://",
        "http://[",
        "//:0",
    ],
)
def test_an_address_inside_is_not_gone_to(address):
    with studio() as server:
        server.files["/made"] = b"inside"
        with pytest.raises(Undeliverable):
            fetched(server, address.format(port=server.server_address[1]))
        assert server.asked == []


def test_a_redirect_to_the_inside_is_not_followed():
    with studio() as server, studio() as other:
        other.files["/made"] = b"inside"
        server.files["/made"] = "moved"
        with pytest.raises(Undeliverable):
            fetched(server, "/made")
    assert other.asked == []


def test_a_public_host_is_gone_to_by_the_address_that_was_checked_and_without_the_key(monkeypatch):
    named(monkeypatch, "93.184.216.34")
    to = target("https://cdn.provider.test:8443/a?b=c")

    assert str(to.url) == "https://93.184.216.34:8443/a?b=c"
    assert to.headers == {"Host": "cdn.provider.test:8443"}
    assert to.extensions == {"sni_hostname": "cdn.provider.test"}


def test_a_host_with_one_address_inside_is_none_to_go_to(monkeypatch):
    named(monkeypatch, "93.184.216.34", "127.0.0.1")
    with pytest.raises(Undeliverable):
        target("https://cdn.provider.test/made")


@pytest.mark.parametrize(
    "home", ["http://api.provider.test", "https://api.provider.test:8443", "https://provider.test"]
)
def test_the_key_goes_to_the_very_host_that_was_configured(home, monkeypatch):
    named(monkeypatch, "93.184.216.34")
    assert "Authorization" not in target("https://api.provider.test/made", home).headers
    assert target("https://API.provider.test:443/made").headers == {"Authorization": f"Bearer {KEY}"}


def test_a_host_that_is_not_known_may_be_later(monkeypatch):
    def unknown(*_arguments, **_facts):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Unreachable):
        target("https://cdn.provider.test/made")


@pytest.mark.parametrize(
    ("size", "fits"), [(999, True), (1000, True), (1001, False)], ids=["below", "at the limit", "above"]
)
def test_a_file_is_as_large_as_it_may_be(size, fits):
    with studio() as server:
        server.files["/made"] = b"x" * size
        if fits:
            assert len(fetched(server, "/made")) == size
        else:
            with pytest.raises(Undeliverable):
                fetched(server, "/made")


def test_a_file_without_end_is_cut_off():
    with studio() as server:
        server.files["/made"] = "huge"
        with pytest.raises(Undeliverable):
            fetched(server, "/made")
    assert server.sent < 2**26


def test_a_file_that_drips_is_not_waited_for():
    with studio() as server:
        server.files["/made"] = "drip"
        begun = time.monotonic()
        with pytest.raises(Unreachable):
            fetched(server, "/made", seconds=0.4)
    assert time.monotonic() - begun < 2


def test_a_compressed_file_is_not_unfolded():
    with studio() as server:
        server.files["/made"] = "compressed"
        with pytest.raises(Unreachable):
            fetched(server, "/made")


def test_half_a_file_is_fetched_again():
    with studio() as server:
        halves = ["cut", b"whole"]
        server.files["/made"] = lambda: halves.pop(0)
        assert fetched(server, "/made") == b"whole"
    assert len(server.asked) == 2
