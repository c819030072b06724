"""Attacks by how a request arrives, and from where."""

import collections
import concurrent.futures
import contextlib
import itertools
import random
import time

from _server_bodies import statuses
from _server_client import encoded, png

HEAD = "POST {}:predict HTTP/1.1\r\nHost: localhost\r\n"


def held(data):
    """An attack that holds connections after they have sent something."""

    def attack(client, width, directory):
        text = data.replace("HEAD", HEAD.format(client.base)).encode()
        faults, waits, tries = [], [], 0
        for number in (99, max(1, round(400 * width))):
            with contextlib.ExitStack() as stack:
                for _ in range(number):
                    connection = client.connect(text)
                    stack.enter_context(connection)
                waits += client.waits(10)
                time.sleep(2)
                waits += client.waits(10)
            tries += number
        faults += waits.count(None) * ["a good request was lost"]
        slowest = max((w for w in waits if w), default=0)
        if slowest > 5:
            faults.append(f"a good request waited {slowest:.1f} s")
        return tries, f"good requests: at most {slowest:.2f} s", faults

    return attack


def drops(client, width, directory):
    """A byte each half a second, in the head and in the body."""
    heads = ("GET /", HEAD.format(client.base) + "Content-Length: 999\r\n\r\n")
    faults, waits = [], []
    with contextlib.ExitStack() as stack:
        slow = [
            stack.enter_context(client.connect(text.encode()))
            for text in heads
            for _ in range(max(1, round(60 * width)))
        ]
        end = time.monotonic() + 30
        while time.monotonic() < end:
            for connection in slow:
                with contextlib.suppress(OSError):
                    connection.send(b"a")
            waits += client.waits(2, 2)
            time.sleep(0.5)
        still = sum(map(is_open, slow))
    faults += waits.count(None) * ["a good request was lost"]
    faults += still * ["a slow connection is open after 30 s"]
    slowest = max(w for w in waits if w)
    seen = f"all closed by then; good requests: at most {slowest:.2f} s"
    return len(slow), seen, faults


def is_open(connection):
    connection.setblocking(False)
    try:
        while connection.recv(65536):
            pass
    except BlockingIOError:
        return True
    except OSError:
        pass
    return False


def chunks(client, width, directory):
    """Bodies of a million chunks, of which each takes the server a while."""
    faults, waits, seen = [], [], collections.Counter()
    head = HEAD.format(client.base) + "Transfer-Encoding: chunked\r\n\r\n"
    body = 1_000_000 * b"1\r\n \r\n" + b"0\r\n\r\n"
    number = max(1, round(5 * width))
    for _ in range(number):
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            long = pool.submit(client.raw, head.encode() + body, 60)
            while not long.done():
                waits += client.waits(1, 1)
            answer = long.result()
        seen[answer[9:12].decode() or "no answer"] += 1
        if not answer.startswith(b"HTTP/1.1 413 "):
            faults.append(f"a million chunks: {answer[:100]}")
    faults += waits.count(None) * ["a good request was lost"]
    slowest = max((w for w in waits if w), default=0)
    if slowest > 5:
        faults.append(f"a good request waited {slowest:.1f} s")
    told = f"{statuses(seen)}; good requests: at most {slowest:.2f} s"
    return number + len(waits), told, faults


def hosts(client, width, directory):
    """Every foreign page and name, on every path."""
    own = f"localhost:{client.port}"
    foreign = [
        "evil.example", f"evil.example:{client.port}", "10.0.0.1", "0.0.0.0",
        f"127.0.0.1.evil.example:{client.port}", "localhost.evil.example",
        f"localhost@evil.example:{client.port}", "[2001:db8::1]", "2130706433",
        "localhost:x", "", "*", "localhost/", "localhost evil.example",
    ]  # fmt: skip
    headers = [{"Host": host} for host in foreign]
    origins = ["null", "http://evil.example", "https://127.0.0.1.evil.example",
               "http://localhost:1", f"http://{own}.evil.example",
               "file://", "http://", "evil"]  # fmt: skip
    headers += [{"Host": own, "Origin": origin} for origin in origins]
    sites = itertools.product(("cross-site", "same-site"), ("no-cors", "cors"))
    headers += [
        {"Host": own, "Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}
        for site, mode in sites
    ]
    asked = [
        ("GET", "/"), ("GET", "/metrics"), ("GET", client.base),
        ("GET", f"{client.base}/metadata"), ("HEAD", "/"), ("OPTIONS", "/"),
        ("POST", f"{client.base}:predict"),
        ("POST", f"{client.base}/versions/1:predict"),
    ]  # fmt: skip
    body, seen, faults = encoded([png(8, 8)]), collections.Counter(), []
    for each, (method, path) in itertools.product(headers, asked):
        each = {**each, "Content-Type": "text/plain"}
        sent = body if method == "POST" else None
        status, answer = client.ask(method, path, sent, **each)
        seen[status] += 1
        if status != 403:
            faults.append(f"{method} {path} {each}: {status} {answer[:80]}")
    return sum(seen.values()), statuses(seen), faults


def malformed(client, width, directory):
    """Requests changed by chance, and with lengths that disagree."""
    chance = random.Random(0)
    head = HEAD.format(client.base)
    body = '{"instances": [1]}'
    lengths = [f"Content-Length: {len(body)}", "Content-Length: 5",
               "Content-Length: 99999999999999999999", "Content-Length: -1",
               "Content-Length: " + 5000 * "9", "Content-Length: 1, 2",
               "Transfer-Encoding: chunked", "Transfer-Encoding: gzip",
               "Transfer-Encoding: chunked, chunked"]  # fmt: skip
    whole = [
        f"{head}{one}\r\n{two}\r\n\r\n{body}"
        for one, two in itertools.product(lengths, ["X: y", *lengths])
    ]
    requests = [text.encode() for text in whole]
    for _ in range(max(1, round(3000 * width))):
        data = bytearray(chance.choice(whole).encode())
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(data))
            kind = chance.randrange(4)
            if kind == 0:
                data[at] = chance.randrange(256)
            elif kind == 1:
                del data[at : at + chance.randrange(20)]
            elif kind == 2:
                data[at:at] = chance.choice((b"\r\n", b"\0", b" ", b"\n", b":"))
            else:
                data[at:at] = data[at : at + chance.randrange(50)]
            data = data or bytearray(b"x")
        requests.append(bytes(data))
    seen, faults = collections.Counter(), []
    for number, data in enumerate(requests):
        answer = client.raw(data)
        status = int(answer[9:12] or 0) if answer.startswith(b"HTTP") else 0
        seen[status or "no answer"] += 1
        if status in (200, 500) or answer.endswith(b"and then nothing"):
            faults.append(f"{data[:300]}: {answer[:100]}")
        if status and b"application/json" not in answer.lower():
            faults.append(f"{data[:300]}: no JSON in {answer[:200]}")
        if number % 100 == 0 and client.good() != 200:
            faults.append("a good request was lost")
    seen = {str(k): n for k, n in seen.items()}
    return len(requests), statuses(seen), faults


GET_PAGE = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
ATTACKS = {
    "idle connections": (held(""), "small", ()),
    "half a head": (held("POST /v1/mod"), "small", ()),
    "half a body": (held("HEADContent-Length: 9\r\n\r\n{"), "small", ()),
    "who asks and does not read": (held(40 * GET_PAGE), "small", ()),
    "a byte each half a second": (drops, "small", ()),
    "a million chunks": (chunks, "small", ()),
    "foreign hosts and pages": (hosts, "small", ()),
    "malformed HTTP": (malformed, "small", ()),
}
