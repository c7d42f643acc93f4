"""One attempt: where it goes, what counts as taken, and that nobody holds it up or leads it elsewhere."""

import datetime
import socket
import ssl
import threading
import time
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from hooks import sender
from hooks.sender import Answer, Clock
from hooks.targets import Target
from tests.hooks.receiver import receiver

HEADERS = {"webhook-id": "msg_1"}
LATE, BROKEN = "It did not answer in time.", "The connection broke, or its answer was no HTTP."
INSIDE = "The host leads to an address that is not public."
NAME = "hooks.example.com"


def post(url, body="{}", seconds=5.0, **facts) -> Answer:
    return sender.post(url, HEADERS, body, seconds=seconds, **facts)


@pytest.mark.usefixtures("loopback")
def test_a_message_arrives_as_it_is():
    with receiver() as server:
        answer = post(server.url, '{"text": "a fugue, дом"}')

    assert answer == Answer(200)
    assert server.bodies == ['{"text": "a fugue, дом"}'.encode()]
    assert server.paths == ["/hook?key=1"]
    [headers] = server.headers
    assert headers["Host"] == f"127.0.0.1:{server.port}"
    assert (headers["Content-Type"], headers["webhook-id"]) == ("application/json", "msg_1")
    assert headers["User-Agent"] == "Avatar-G-Webhooks/1"


@pytest.mark.usefixtures("loopback")
@pytest.mark.parametrize(("status", "is_taken"), [
    (200, True), (201, True), (204, True), (299, True), (300, False), (304, False), (400, False), (401, False),
    (410, False), (429, False), (500, False), (503, False),
])  # fmt: skip
def test_only_a_status_of_success_counts(status, is_taken):
    with receiver(status) as server:
        answer = post(server.url)
    assert (answer.code, answer.is_taken) == (status, is_taken)


@pytest.mark.usefixtures("loopback")
def test_a_redirect_to_this_machine_is_not_followed():
    with receiver() as inside, receiver(inside.url) as server:
        answer = post(server.url)

    assert answer == Answer(302)
    assert inside.bodies == []


@pytest.mark.usefixtures("loopback")
@pytest.mark.parametrize(("act", "error"), [("silent", LATE), ("drip", LATE), ("close", BROKEN), ("rubbish", BROKEN)])
def test_who_does_not_answer_rightly_is_not_waited_for(act, error):
    with receiver(act) as server:
        begun = time.monotonic()
        answer = post(server.url, seconds=0.7)

    assert answer == Answer(None, error)
    assert time.monotonic() - begun < 2


@pytest.mark.usefixtures("loopback")
@pytest.mark.parametrize("act", ["drip the body", "huge"])
def test_of_a_body_without_end_only_the_beginning_is_read(act, monkeypatch):
    monkeypatch.setattr(sender, "BODY_SECONDS", 0.3)
    with receiver(act) as server:
        begun = time.monotonic()
        answer = post(server.url, seconds=20)

    assert answer == Answer(200)
    assert time.monotonic() - begun < 3


@pytest.mark.usefixtures("loopback")
def test_who_does_not_read_is_not_written_to_for_ever():
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        begun = time.monotonic()
        answer = post(f"http://127.0.0.1:{deaf.getsockname()[1]}/", "x" * 30_000_000, seconds=0.7)

    assert answer == Answer(None, LATE)
    assert time.monotonic() - begun < 3


@pytest.mark.usefixtures("loopback")
def test_nobody_listening_is_said():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert post(f"http://127.0.0.1:{port}/") == Answer(None, "It could not be connected to.")


def test_a_host_that_nobody_knows_is_said():
    def unknown(_host, _port):
        raise socket.gaierror(-2, "Name or service not known")

    assert post("https://example.com/", resolve=unknown) == Answer(None, "Its host is not known.")


@pytest.mark.usefixtures("loopback")
@pytest.mark.parametrize(
    "url", ["https://10.0.0.8/", "http://example.com/", "https://user:word@example.com/", "https://["]
)
def test_a_url_that_was_never_safe_is_not_gone_to(url):
    def never(_host, _port):
        raise AssertionError("It was resolved.")

    answer = post(url, resolve=never)
    assert (answer.code, answer.error == "") == (None, False)


@pytest.mark.usefixtures("loopback")
def test_a_name_that_leads_inside_is_not_gone_to_even_where_this_machine_is_open():
    with receiver() as server:
        for found in (["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::ffff:127.0.0.1"], []):
            assert post(f"https://rebound.example.com:{server.port}/", resolve=lambda *_, to=found: to).error == INSIDE
    assert server.bodies == []


def test_a_name_is_resolved_once_and_the_connection_goes_where_that_led(monkeypatch):
    answers = [["8.8.8.8"], ["127.0.0.1"]]
    connected = []

    def connect(address, *_, **__):
        connected.append(address)
        raise OSError("far away")

    monkeypatch.setattr(socket, "create_connection", connect)
    answer = post("https://rebound.example.com:8443/", resolve=lambda *_: answers.pop(0))

    assert answer == Answer(None, "It could not be connected to.")
    assert connected == [("8.8.8.8", 8443)]
    assert answers == [["127.0.0.1"]]


def test_three_of_many_addresses_are_tried(monkeypatch):
    connected = []

    def connect(address, *_, **__):
        connected.append(address[0])
        raise OSError("far away")

    monkeypatch.setattr(socket, "create_connection", connect)
    post("https://example.com/", resolve=lambda *_: [f"8.8.8.{number}" for number in range(9)])
    assert connected == ["8.8.8.0", "8.8.8.1", "8.8.8.2"]


def test_the_environment_s_proxies_are_not_used(monkeypatch, loopback):
    with receiver() as proxy, receiver() as server:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert post(server.url) == Answer(200)
    assert (len(proxy.bodies), len(server.bodies)) == (0, 1)


def certificate(folder, name):
    """A key and a certificate that it signed itself, for a name."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    other = x509.SubjectAlternativeName([x509.DNSName(name), x509.IPAddress(ip_address("127.0.0.9"))])
    signed = (
        x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(other, critical=False).sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "cert.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ))  # fmt: skip
    return folder / "cert.pem", folder / "key.pem"


@pytest.mark.parametrize(("wanted", "code"), [(NAME, 200), ("other.example.com", None)])
def test_tls_goes_by_the_name_while_the_connection_goes_by_the_address(tmp_path, wanted, code):
    cert, key = certificate(tmp_path, NAME)
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(cert, key)
    asked_for = []
    theirs.sni_callback = lambda _socket, name, _context: asked_for.append(name)
    with receiver() as server:
        server.socket = theirs.wrap_socket(server.socket, server_side=True)
        target = Target("https", wanted, server.port, "/")
        ours = ssl.create_default_context(cafile=cert)
        try:
            found = sender.send(target, ["127.0.0.1"], HEADERS, b"{}", Clock(5), tls=ours)
        except Exception as error:
            found, words = None, sender.words_for(error)
            assert words == "No safe connection: its certificate or its TLS is not right."

    assert (found, asked_for) == (code, [wanted])
    assert [one["Host"] for one in server.headers] == ([f"{NAME}:{server.port}"] if code else [])


def test_many_at_once_do_not_hinder_each_other(loopback):
    with receiver(0.3) as server:
        threads = [threading.Thread(target=post, args=(server.url,)) for _ in range(8)]
        begun = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(server.bodies) == 8
    assert time.monotonic() - begun < 2
