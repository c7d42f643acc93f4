"""Which URLs an endpoint may have, and what is made of the addresses behind them."""

import pytest

from hooks import targets
from hooks.errors import UnsafeAddress
from hooks.targets import Target

HOSTILE = """
http://example.com/hook HTTP://example.com ftp://example.com file:///etc/passwd gopher://example.com javascript:alert(1)
data:text/plain,x //example.com /hook example.com https: https:// https:/// https://:443/ https://? https://[ https://[]
https://[::1 https://exa[mple.com https://user@example.com https://user:pass@example.com https://@example.com
https://example.com@127.0.0.1/ https://example.com#x https://example.com/#127.0.0.1 https://example.com:99999/
https://example.com:x/ https://example.com:-1/ https://example.com:0/ https://example.com:22/ https://example.com:80/
https://example.com:6553600/ https://example.com\\@127.0.0.1/ https:\\\\127.0.0.1 https://127.0.0.1\\.example.com/
https://localhost/ https://LOCALHOST/ https://localhost./ https://x.localhost/ https://intranet/ https://db.local/
https://metadata.google.internal/ https://router.home.arpa/ https://127.0.0.1/ https://127.0.0.1./ https://127.1/
https://127.0.1/ https://2130706433/ https://0x7f000001/ https://0x7f.0.0.1/ https://0x7f.1/ https://0177.0.0.1/
https://017700000001/ https://0/ https://0x/ https://134744072/ https://0x08080808/ https://010.8.8.8/
https://8.8.8.0x8/ https://1.2.3/ https://1.2.3.4.5/ https://256.1.1.1/ https://10.0.0.8/ https://169.254.169.254/
https://100.64.0.1/ https://192.168.1.1/ https://224.0.0.1/ https://255.255.255.255/ https://0.0.0.0/
https://[::]/ https://[::1]/ https://[::ffff:127.0.0.1]/ https://[::ffff:7f00:1]/ https://[::127.0.0.1]/
https://[64:ff9b::7f00:1]/ https://[2002:7f00:1::]/ https://[2001:0:7f00:1::]/ https://[fe80::1]/ https://[fe80::1%25lo]/
https://[2606:4700:4700::1111%25eth0]/ https://[fd00::1]/ https://[fec0::1]/ https://[ff02::1]/ https://[v1.fe80]/
https://exam_ple/ https://-example.com/ https://example-.com/ https://.example.com/ https://example..com/
https://ex%61mple.com/ https://example.com%2f@127.0.0.1/ https://%6cocalhost/ https://*.example.com/
"""
ODD = [
    "", " ", "https://example.com/a b", " https://example.com/", "https://example.com/\r\nHost: inside", "https://exa\tmple.com",
    "https://example.com/\x00", "https://пример.example/", "https://①②⑦.0.0.1/", "https://127。0。0。1/", "https://ⓛocalhost/",
    "https://example.com/" + "a" * 481, f"https://{'a' * 64}.com/", f"https://{'a.' * 130}com/",
]  # fmt: skip
GOOD = {
    "https://example.com": Target("https", "example.com", 443, "/"),
    "https://EXAMPLE.com./a%20b;c?d=e&f": Target("https", "example.com", 443, "/a%20b;c?d=e&f"),
    "https://hooks.example.com:8443/x": Target("https", "hooks.example.com", 8443, "/x"),
    "https://example.com?x": Target("https", "example.com", 443, "/?x"),
    "https://xn--e1afmkfd.xn--p1ai/": Target("https", "xn--e1afmkfd.xn--p1ai", 443, "/"),
    "https://8.8.8.8/x": Target("https", "8.8.8.8", 443, "/x"),
    "https://[2606:4700:4700::1111]:4433/x": Target("https", "2606:4700:4700::1111", 4433, "/x"),
    "https://my_team.example.com/": Target("https", "my_team.example.com", 443, "/"),
}
HERE = {
    "http://localhost:8000/x": Target("http", "localhost", 8000, "/x", is_here=True),
    "http://127.0.0.1:80/": Target("http", "127.0.0.1", 80, "/", is_here=True),
    "https://[::1]/": Target("https", "::1", 443, "/", is_here=True),
}
PUBLIC = Target("https", "example.com", 443, "/")


@pytest.mark.parametrize("url", HOSTILE.split() + ODD, ids=repr)
@pytest.mark.parametrize("is_allowed", [False, True], ids=["", "beside loopback"])
def test_a_hostile_url_is_refused(url, is_allowed, settings):
    settings.HOOKS_ALLOW_LOOPBACK = is_allowed
    try:
        found = targets.read(url)
    except UnsafeAddress:
        return
    assert (is_allowed, found.is_here) == (True, True)


@pytest.mark.parametrize(("url", "target"), [*GOOD.items()])
def test_a_public_url_is_read(url, target):
    assert targets.read(url) == target


@pytest.mark.parametrize(("url", "target"), [*HERE.items()])
def test_this_machine_is_sent_to_only_where_that_is_set(url, target, settings):
    with pytest.raises(UnsafeAddress):
        targets.read(url)

    settings.HOOKS_ALLOW_LOOPBACK = True
    assert targets.read(url) == target


@pytest.mark.parametrize("url", ["http://10.0.0.8/", "http://example.com/", "https://10.0.0.8/", "http://[::ffff:127.0.0.1]/",
                                 "http://127.0.0.1.example.com/", "http://2130706433/", "http://0.0.0.0/"])  # fmt: skip
def test_beside_this_machine_nothing_more_is_open(url, loopback):
    with pytest.raises(UnsafeAddress):
        targets.read(url)


@pytest.mark.parametrize("found", [
    [], ["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["10.0.0.1", "8.8.8.8"], ["8.8.8.8", "::1"], ["::ffff:8.8.8.8"],
    ["169.254.169.254"], ["fe80::1%eth0"],
])  # fmt: skip
def test_one_closed_address_closes_the_host(found, loopback):
    with pytest.raises(UnsafeAddress):
        targets.checked_addresses(PUBLIC, lambda _host, _port: found)


def test_all_addresses_are_given_once():
    found = ["8.8.8.8", "2606:4700:4700::1111", "8.8.8.8"]
    assert targets.checked_addresses(PUBLIC, lambda _host, _port: found) == found[:2]


def test_the_name_of_this_machine_leads_nowhere_else(loopback):
    here = targets.read("http://localhost:8000/")
    with pytest.raises(UnsafeAddress):
        targets.checked_addresses(here, lambda _host, _port: ["127.0.0.1", "10.0.0.1"])
    assert targets.checked_addresses(here, lambda _host, _port: ["::1", "127.0.0.1"]) == ["::1", "127.0.0.1"]
