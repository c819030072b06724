"""Attacks by what a request says."""

import base64
import collections
import concurrent.futures
import json
import random
import time

from _server_client import encoded, png


def tiny_images(client, width, directory):
    """So many images of 1×1 that their tensors would fill the memory."""
    tiny, faults, seen = png(1, 1), [], collections.Counter()
    numbers = (1, 100, 498, 499, 1000, 10_000, 60_000, 80_000)
    for number in numbers:
        status, answer = client.predict(encoded(number * [tiny]))
        seen[status] += 1
        if status != (200 if number <= 498 else 400):
            faults.append(f"{number} images: {status} {answer[:100]}")
        if client.good() != 200:
            faults.append(f"no answer after {number} images")
    return len(numbers), statuses(seen), faults


def remarks(client, width, directory):
    """Small PNGs with remarks of 8 kB that the decoder expands to 8 MB."""
    faults, waits, seen = [], [], collections.Counter()
    wanted = {(900, 1): 400, (10, 80): 400, (9, 1): 200, (0, 16): 200}
    for (number, images), status in wanted.items():
        body = encoded(images * [png(8, 8, remarks=number)])
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            long = pool.submit(client.predict, body)
            while not long.done():
                waits += client.waits(1, 1)
            found, answer = long.result()
        seen[found] += 1
        if found != status:
            faults.append(f"{images} with {number}: {found} {answer[:100]}")
    faults += waits.count(None) * ["another was not answered"]
    slowest = max((w for w in waits if w), default=0)
    if slowest > 5:
        faults.append(f"another waited {slowest:.1f} s")
    told = f"{statuses(seen)}; others: at most {slowest:.2f} s"
    return len(wanted) + len(waits), told, faults


def little_memory(client, width, directory):
    """With 30 MB more than the process has, and then 300: 200 or 503."""
    faults, seen = [], collections.Counter()
    for more in (30, 300):
        client.limit_memory(more * 2**20)
        for number in (1, 16, 64, 300, 498):
            for _ in range(max(1, round(3 * width))):
                status, answer = client.predict(encoded(number * [png(1, 1)]))
                seen[status] += 1
                if status not in (200, 503):
                    faults.append(f"{number} images: {status} {answer[:100]}")
    client.limit_memory(2**32)
    return sum(seen.values()), statuses(seen), faults


def long_requests(client, width, directory):
    """Others meanwhile wait for a slice of it, not for all."""
    faults, waits, longest = [], [], 0.0
    body = encoded(498 * [png(1, 1)])
    for _ in range(max(1, round(2 * width))):
        start = time.perf_counter()
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            long = pool.submit(client.predict, body)
            time.sleep(0.3)
            while not long.done():
                waits += client.waits(1, 1)
            status, _ = long.result()
        seconds = time.perf_counter() - start
        longest = max(longest, seconds)
        if status != 200:
            faults.append(f"the long one: {status}")
    lost = waits.count(None)
    faults += lost * ["another was not answered"]
    slowest = max(w for w in waits if w)
    if slowest > longest / 3:
        faults.append(f"another waited {slowest:.1f} of {longest:.1f} s")
    seen = f"others: at most {slowest:.2f} s, beside one of {longest:.1f} s"
    return len(waits), seen, faults


def abandoned(client, width, directory):
    """Long requests whose clients leave are not computed."""
    body = encoded(498 * [png(1, 1)])
    head = f"POST {client.base}:predict HTTP/1.1\r\nHost: localhost\r\n"
    head += f"Content-Length: {len(body)}\r\n\r\n"
    number = max(1, round(50 * width))
    for _ in range(number):
        connection = client.connect(head.encode() + body)
        time.sleep(0.02)
        connection.close()
    start = time.perf_counter()
    status = client.good()
    took = time.perf_counter() - start
    faults = [] if status == 200 and took < 10 else [f"{status}, {took:.0f} s"]
    return number, f"the next one: {took:.1f} s", faults


def mutated(client, width, directory):
    """Good bodies, changed by chance."""
    numbers = json.dumps(
        {"instances": [[32 * [[0.5]] for _ in range(32)]]}
    ).encode()
    good = [numbers, encoded([png(9, 9)]), encoded([png(28, 28, 9)] * 3)]
    good.append(b'{"signature_name": "serving_default", "inputs": [[1, 2]]}')
    return _changed(good, width, client.predict)


def mutated_kserve(client, width, directory):
    """The same in KServe's protocol."""
    numbers = {"name": "images", "shape": [1, 32, 32, 1], "datatype": "FP32"}
    numbers["data"] = 1024 * [0.5]
    files = {"name": "image_bytes", "shape": [2], "datatype": "BYTES"}
    files["parameters"] = {"content_type": "base64"}
    files["data"] = 2 * [base64.b64encode(png(9, 9)).decode()]
    wanted = {"outputs": [{"name": "probabilities"}], "id": "7"}
    good = [
        json.dumps(request).encode()
        for request in (
            {"inputs": [numbers]},
            {"inputs": [files]},
            {"inputs": [numbers], **wanted},
            {"inputs": [numbers], "parameters": {"signature_name": "features"}},
        )
    ]
    path = f"/v2/models/{client.base.rpartition('/')[2]}/infer"
    return _changed(good, width, lambda body: client.ask("POST", path, body))


def _changed(good, width, ask):
    chance = random.Random(0)
    bodies = [change(chance, chance.choice(good)) for _ in range(
        max(1, round(3000 * width)))]  # fmt: skip
    bodies += [deep * n for deep in (b"[", b'{"inputs":') for n in (9, 10**6)]
    bodies += [b'{"inputs": ' + n * b"9" + b"}" for n in (10, 5000, 10**6)]
    bodies += [b"\xef\xbb\xbf{}", "{}".encode("utf-16"), b"", b"\0", b"null"]
    seen, faults = collections.Counter(), []
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for status, answer in pool.map(ask, bodies):
            seen[status] += 1
            try:
                told = json.loads(answer)
            except ValueError:
                told = {}
            wanted = "outputs predictions" if status == 200 else "error"
            if status not in (200, 400) or not told.keys() & wanted.split():
                faults.append(f"{status} {answer[:200]}")
    return len(bodies), statuses(seen), faults


PIECES = (b"[", b"]", b"{", b"}", b'"', b",", b"null", b"1e999", b"NaN", b"-",
          b'{"b64": "', b"\xff", b"\0", b"\\ud800", b"true", b":")  # fmt: skip


def change(chance, body):
    """Up to three changes: bits, cuts, pieces doubled, moved or put in."""
    body = bytearray(body)
    for _ in range(chance.randint(0, 3)):
        at, to = sorted(chance.randrange(len(body) + 1) for _ in range(2))
        kind = chance.randrange(5)
        if kind == 0 and body:
            body[min(at, len(body) - 1)] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del body[at : min(to, at + 50)]
        elif kind == 2:
            body[at:at] = chance.choice(PIECES)
        elif kind == 3:
            body[at:at] = body[at : min(to, at + 200)]
        else:
            body[at:at] = chance.choice(PIECES) * chance.randrange(1000)
    return bytes(body)


def large_bodies(client, width, directory):
    """Told by a length or in chunks; the connection must be closed."""
    faults, seen = [], collections.Counter()
    head = f"POST {client.base}:predict HTTP/1.1\r\nHost: localhost\r\n"
    for lengths in (b"Content-Length: 50000000", b"Transfer-Encoding: chunked"):
        for _ in range(max(1, round(10 * width))):
            start = b"2FAF080\r\n" if b"chunked" in lengths else b""
            body = start + bytes(50_000_000)
            answer = client.raw(head.encode() + lengths + b"\r\n\r\n" + body)
            status = int(answer[9:12] or 0)
            seen[status] += 1
            if status != 413 or b"connection: close" not in answer.lower():
                faults.append(f"{lengths.decode()}: {answer[:200]}")
            if client.good() != 200:
                faults.append("the next request was lost")
    return sum(seen.values()), statuses(seen), faults


def versions(client, width, directory):
    """Numbers that no version has."""
    faults, seen = [], collections.Counter()
    numbers = [10**n for n in (1, 5, 18, 19, 100)]
    absurd = [*map(str, numbers), *(n * "9" for n in (4300, 4301, 6000, 15000))]
    absurd += [
        "-1",
        "+1",
        "0x1",
        "1e0",
        "1.0",
        "%31%30",
        "%D9%A1",
        "1%00",
        "%20",
    ]
    absurd += ["latest", "..", "1;1", "1'--"]
    for version in absurd:
        for method, end in (
            ("GET", ""),
            ("GET", "/metadata"),
            ("POST", ":predict"),
        ):
            path = f"{client.base}/versions/{version}{end}"
            status, answer = client.ask(method, path, b"{}")
            seen[status] += 1
            if status != 404 or b'"error"' not in answer:
                faults.append(f"{path[:80]}: {status} {answer[:100]}")
    return sum(seen.values()), statuses(seen), faults


def statuses(seen):
    return ", ".join(f"{n:,} × {status}" for status, n in sorted(seen.items()))


ATTACKS = {
    "tiny images": (tiny_images, "large", ()),
    "little memory": (little_memory, "large", ()),
    "long requests": (long_requests, "large", ()),
    "abandoned requests": (abandoned, "large", ()),
    "remarks of a PNG": (remarks, "small", ()),
    "changed bodies": (mutated, "small", ()),
    "changed bodies, KServe": (mutated_kserve, "small", ()),
    "large bodies": (large_bodies, "small", ()),
    "absurd versions": (versions, "small", ()),
}
