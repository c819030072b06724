"""Nobody is locked out of `zoo serve` by connections that others hold."""

import concurrent.futures
import dataclasses
import json
import re
import socket
import time

import pytest

from tests.zoo.serving import ask, raw, threaded
from zoo.serve._limits import Limits

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")
pytest.importorskip("prometheus_client")
_chunks = pytest.importorskip("zoo.serve._chunks")

LIMITS = Limits(max_connections=8, timeout=0.8, max_body=100_000)
HEAD = b"POST /count HTTP/1.1\r\nHost: localhost\r\n"
GOOD = HEAD + b"Content-Length: 3\r\nConnection: close\r\n\r\nabc"


@pytest.fixture(scope="module")
def traffic():
    from zoo.serve._traffic import Traffic

    return Traffic()


@pytest.fixture(scope="module")
def port(traffic):
    from tests.zoo import serving_app

    with threaded(serving_app.server(traffic, LIMITS)) as port:
        yield port


@pytest.fixture(scope="module")
def patient():
    """The port of a server that waits for longer than a test takes."""
    from tests.zoo import serving_app
    from zoo.serve._traffic import Traffic

    limits = dataclasses.replace(LIMITS, timeout=60)
    with threaded(serving_app.server(Traffic(), limits)) as port:
        yield port


@pytest.fixture
def held():
    """Opens connections that send these bytes, and no more."""
    opened = []

    def hold(port, number, data=b""):
        for _ in range(number):
            opened.append(socket.create_connection(("127.0.0.1", port)))
            opened[-1].settimeout(10)
            opened[-1].sendall(data)
        return opened

    yield hold
    for connection in opened:
        connection.close()


def good(port):
    """Whether a good request is answered within ten seconds."""
    return raw(port, GOOD).endswith(b'{"bytes":3}')


@pytest.mark.parametrize(
    "sent",
    [b"", b"POST /cou", HEAD + b"Content-Length: 9\r\n\r\nabc"],
    ids=["silent", "half a head", "half a body"],
)
def test_others_are_served(patient, held, sent):
    held(patient, 40, sent)
    with concurrent.futures.ThreadPoolExecutor(4) as clients:
        assert all(clients.map(good, 8 * [patient]))


def test_others_are_served_beside_who_does_not_read(patient, held):
    held(patient, 10, b"GET /much HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert good(patient)


def test_who_is_silent_is_left(port, held, traffic):
    (client,) = held(port, 1)
    assert client.recv(100) == b""
    wait_for(lambda: traffic.connections == 0)


def test_who_does_not_read_is_left(port, held, traffic):
    held(port, 1, b"GET /much HTTP/1.1\r\nHost: localhost\r\n\r\n")
    wait_for(lambda: traffic.connections == 1)
    wait_for(lambda: traffic.connections == 0)


def wait_for(what):
    end = time.monotonic() + 10
    while not what():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize(
    "sent",
    [b"POST /count HTTP/1.1\r\nHo", HEAD + b"Content-Length: 9\r\n\r\na"],
)
def test_half_a_request_is_answered_with_408(port, sent):
    head, _, body = raw(port, sent).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 408 ")
    assert "did not arrive in 0.8 s" in json.loads(body)["error"]


def test_drops_do_not_keep_a_connection(port):
    """A byte now and then is not enough."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        start = time.monotonic()
        with pytest.raises(OSError, match=r"reset|pipe"):
            send_slowly(client, 100 * b"GET / HTTP/1.1")
        assert time.monotonic() - start < 4


def send_slowly(client, data):
    for byte in data:
        client.send(bytes([byte]))
        time.sleep(0.05)


def test_who_sends_on_may_take_longer(port, monkeypatch):
    monkeypatch.setattr("zoo.serve._connection.SLOWEST", 100)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(HEAD + b"Content-Length: 140\r\n\r\n")
        for _ in range(14):  # 1.4 s
            client.sendall(10 * b"a")
            time.sleep(0.1)
        answer = b""
        while not answer.endswith(b'{"bytes":140}'):
            answer += client.recv(1000)
        assert answer.startswith(b"HTTP/1.1 200 OK")


def test_all_are_busy(port, held):
    request = b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n"
    held(port, LIMITS.max_connections, request)
    clients = held(port, 0)
    time.sleep(0.2)
    head, _, body = raw(port, GOOD).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 503 ")
    assert b"Retry-After: 1" in head
    assert "try again" in json.loads(body)["error"]
    for client in clients:  # who was there first is answered
        assert client.recv(15) == b"HTTP/1.1 200 OK"


def test_who_asks_again_and_again_gives_way(port, held):
    request = b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n"
    held(port, LIMITS.max_connections, 9 * request)
    time.sleep(1.2)  # they are new no more
    assert good(port)


def test_the_connection_is_closed_after_too_large_a_body(port):
    for length in (b"Content-Length: 900000", b"Transfer-Encoding: chunked"):
        sent = HEAD + length + b"\r\n\r\n"
        sent += b"200000\r\n" if length.startswith(b"T") else b""
        answer = raw(port, sent + 900_000 * b"a")
        assert answer.startswith(b"HTTP/1.1 413 ")
        assert b"connection: close\r\n" in answer
        assert answer.count(b"HTTP/1.1") == 1


def test_the_connection_stays_after_a_whole_request(port):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        for _ in range(3):
            client.sendall(HEAD + b"Content-Length: 3\r\n\r\nabc")
            answer = b""
            while not answer.endswith(b'{"bytes":3}'):
                answer += client.recv(1000)
            assert b"connection: close" not in answer


CHUNK = b"3\r\nabc\r\n0\r\n\r\n"
SMUGGLED = b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"


def test_a_body_has_so_many_chunks(port, monkeypatch):
    """A million of one byte would keep everybody else waiting."""
    monkeypatch.setattr(_chunks, "MAX_CHUNKS", 50)
    head = HEAD + CHUNKED + b"Connection: close\r\n\r\n"
    for count in (50, 51):
        body = count * b"1\r\na\r\n" + b"0\r\n\r\n"
        answer = raw(port, head + body)
        if count == 50:
            assert answer.endswith(b'{"bytes":50}')
        else:
            assert answer.startswith(b"HTTP/1.1 413 ")
            assert b"a body may have 50 chunks" in answer
    assert good(port)


MALFORMED = {
    "words": b"This is no HTTP.\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "zeros": bytes(100) + b"\r\n\r\n",
    "no version": b"GET /count\r\n\r\n",
    "no host": b"GET /count HTTP/1.1\r\n\r\n",
    "two hosts": b"GET /count HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "letters in the path": b"GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n",
    "a long head": HEAD + b"X: " + 300_000 * b"a",
    "a length of letters": HEAD + b"Content-Length: abc\r\n\r\n",
    "a length below 0": HEAD + b"Content-Length: -1\r\n\r\n",
    "a length of 5,000 digits": HEAD
    + b"Content-Length: "
    + 5000 * b"9"
    + b"\r\n\r\n",
    "two lengths": HEAD + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
    "both lengths": HEAD
    + b"Content-Length: 3\r\n"
    + CHUNKED
    + b"\r\n"
    + CHUNK
    + SMUGGLED,
    "both lengths, turned": HEAD
    + CHUNKED
    + b"Content-Length: 13\r\n\r\n"
    + CHUNK
    + SMUGGLED,
    "chunks in HTTP/1.0": HEAD.replace(b"1.1", b"1.0")
    + CHUNKED
    + b"\r\n"
    + CHUNK,
    "two encodings": HEAD + CHUNKED + CHUNKED + b"\r\n" + CHUNK,
    "another encoding": HEAD + b"Transfer-Encoding: gzip\r\n\r\n",
    "a chunk of letters": HEAD + CHUNKED + b"\r\nxyz\r\nabc\r\n",
    "a huge chunk": HEAD + CHUNKED + b"\r\n" + 30 * b"f" + b"\r\nabc\r\n",
    "a chunk too long": HEAD + CHUNKED + b"\r\n1\r\nabc\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_requests_get_one_json_error(port, name):
    answer = raw(port, MALFORMED[name])
    head, _, body = answer.partition(b"\r\n\r\n")
    assert re.match(rb"HTTP/1\.1 (4\d\d|50[15]) ", head), answer
    assert b"application/json" in head.lower()
    assert b"connection: close" in head.lower()
    assert "error" in json.loads(body), answer
    assert good(port)


def test_what_is_counted(port, traffic):
    good(port)
    text = traffic.text()[0].decode()
    for line in (
        'zoo_requests_total{route="count",status="200"}',
        'zoo_refused_total{reason="malformed"}',
        'zoo_refused_total{reason="timeout"}',
        'zoo_refused_total{reason="connections"}',
        'zoo_request_seconds_bucket{le="0.1",route="count"}',
    ):
        assert line in text
    assert ask(port, "POST", "/count", b"abc") == (200, {"bytes": 3})
