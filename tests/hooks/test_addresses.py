"""Which addresses are public: the whole rule, for downloads and webhooks alike."""

import pytest

from avatarg import addresses

INSIDE = """
0.0.0.0 0.1.2.3 10.0.0.8 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.255.255.254 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.170 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.19.255.255
198.51.100.7 203.0.113.7 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::7f00:1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1
64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b::169.254.169.254 64:ff9b:1::8.8.8.8 100::1 2001::1 2001:0:4136:e378::1
2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:a00:1:: 2002:808:808:: 3fff::1 4000::1 5f00::1 fc00::1 fd00::1
fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1
"""
OUTSIDE = """
1.1.1.1 8.8.8.8 93.184.216.34 100.63.255.255 100.128.0.1 172.15.255.255 172.32.0.1 192.0.1.1 198.17.255.255
223.255.255.254 2001:4860:4860::8888 2606:4700:4700::1111 2a00:1450:4001:81b::200e 64:ff9b::8.8.8.8
"""


@pytest.mark.parametrize("address", INSIDE.split())
def test_an_address_inside_is_not_public(address):
    assert addresses.is_public(address) is False


@pytest.mark.parametrize("address", OUTSIDE.split())
def test_an_address_of_the_internet_is_public(address):
    assert addresses.is_public(address) is True


@pytest.mark.parametrize(
    "text", ["", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "1.2.3.4.5", "[::1]"]
)
def test_what_is_no_address_in_its_one_form_is_none(text):
    with pytest.raises(ValueError, match="does not appear"):
        addresses.is_public(text)
