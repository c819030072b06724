"""Ten thousand requests to `zoo serve` from eight clients, some of them bad.

    python bench/soak.py --write

Is any lost, does the server's memory grow, how long do answers take? One
request in a hundred is bad. A minute or two on 2 cores; Linux only, for /proc.
"""

import argparse
import base64
import collections
import contextlib
import http.client
import itertools
import json
import os
import pathlib
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import _table
import keras
import numpy as np

PAGE = pathlib.Path(__file__).with_suffix(".md")
CLIENTS = 8
GROWTH = 0.05  # of the memory, from the first tenth of the requests on


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=480, help="at most")
    parser.add_argument("--runtime", default="tensorflow")
    parser.add_argument("--write", action="store_true", help=f"to {PAGE.name}")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        export(directory)
        with serving(directory, args.runtime) as (pid, port):
            result = soak(pid, port, args.requests, args.seconds)
    text, passed = report(result, args.requests)
    print(text)
    if args.write:
        command = f"python bench/soak.py --runtime={args.runtime}"
        _table.put(PAGE, "soak", command, text)
    sys.exit(not passed)


def export(directory):
    import zoo
    from zoo.images._fit_images import FitImages

    image = keras.Input((None, None, 1))
    fit = FitImages((32, 32), "pad", own_size=(28, 28))
    scale = keras.layers.Rescaling(1 / 255)
    zoo.export(
        zoo.lenet5_relu(),
        directory,
        preprocessing=keras.Model(image, scale(fit(image))),
    )


@contextlib.contextmanager
def serving(directory, runtime):
    """A server's (process id, port)."""
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "zoo", "serve", directory),
            *("--port=0", f"--runtime={runtime}"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        port = re.search(r":(\d+)/", server.stdout.readline())[1]
        yield server.pid, int(port)
        server.send_signal(signal.SIGINT)
        if server.wait(30):
            sys.exit(f"error: the server ended with {server.returncode}")
    finally:
        server.kill()


def good_requests():
    """[(what, body, 200)]"""
    import tensorflow as tf

    random = np.random.default_rng(0)
    requests = []
    for count in (1, 4):
        pixels = random.normal(size=(count, 32, 32, 1)).round(4).tolist()
        requests += [
            (f"{count} in rows", {"instances": pixels}, 200),
            (f"{count} in columns", {"inputs": {"images": pixels}}, 200),
        ]
    for height, width in ((28, 28), (200, 150)):
        pixels = random.integers(0, 256, (height, width, 1)).astype("uint8")
        data = base64.b64encode(tf.io.encode_png(pixels).numpy()).decode()
        what = f"a PNG of {height}×{width}"
        requests.append((what, encoded(data), 200))
    return [(w, json.dumps(b).encode(), s) for w, b, s in requests]


def bad_requests():
    """[(what, body, status that it deserves)]"""
    nan = {"inputs": np.full((1, 32, 32, 1), np.nan).tolist()}
    no_image = base64.b64encode(b"This is no image.").decode()
    jpeg = base64.b64encode(b"\xff\xd8\xff" + bytes(1000)).decode()
    return [
        ("malformed", b'{"instances": [', 400),
        ("empty batch", b'{"instances": []}', 400),
        ("wrong shape", b'{"instances": [[1, 2], [3, 4]]}', 400),
        ("wrong dtype", b'{"instances": [[[["text"]]]]}', 400),
        ("NaN", json.dumps(nan).encode(), 400),
        ("signature", b'{"signature_name": "other", "inputs": 1}', 400),
        ("no image", json.dumps(encoded(no_image)).encode(), 400),
        ("broken JPEG", json.dumps(encoded(jpeg)).encode(), 400),
        ("11 MB", bytes(11_000_000), 413),
    ]


def encoded(data):
    return {"signature_name": "classify_bytes", "inputs": [{"b64": data}]}


def soak(pid, port, requests, seconds):
    """Asks, and counts.

    Returns:
        The seconds that each good answer took, a Counter of what happened,
        [(requests so far, bytes of memory)], the seconds of all, the machine's
        load before and after.
    """
    good, bad = good_requests(), bad_requests()
    counter = itertools.count()
    lock = threading.Lock()
    latencies, happened, memory = [], collections.Counter(), []
    loads = [os.getloadavg()[0]]
    start = time.perf_counter()

    def client():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            number = next(counter)  # one step of C, so no two get the same
            if number >= requests or time.perf_counter() - start > seconds:
                break
            if number % (requests // 10) == 0:
                with lock:
                    memory.append((number, resident(pid)))
            is_bad = number % 100 == 99
            what, body, wanted = (
                bad[number // 100 % len(bad)]
                if is_bad
                else good[number % len(good)]
            )
            begin = time.perf_counter()
            try:
                connection.request(
                    "POST", "/v1/models/lenet5_relu:predict", body
                )
                response = connection.getresponse()
                answer = json.loads(response.read())
            except (OSError, ValueError, http.client.HTTPException):
                connection.close()
                with lock:
                    happened["lost"] += 1
                continue
            took = time.perf_counter() - begin
            right = response.status == wanted and (
                ("error" in answer) == (wanted != 200)
            )
            if not right:
                print(what, response.status, str(answer)[:200], file=sys.stderr)
            with lock:
                happened["bad" if is_bad else "good"] += 1
                happened["wrong"] += not right
                if not is_bad:
                    latencies.append(took)
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - start
    memory.append((sum(happened.values()), resident(pid)))
    loads.append(os.getloadavg()[0])
    return latencies, happened, memory, elapsed, loads


def resident(pid):
    """The memory of a process, in bytes."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return 1024 * int(re.search(r"VmRSS:\s+(\d+) kB", status)[1])


def report(result, requests):
    """Markdown, and whether all went well."""
    latencies, happened, memory, elapsed, loads = result
    answered = happened["good"] + happened["bad"]
    percentiles = statistics.quantiles(latencies, n=100)
    ms = [
        f"{1000 * value:.1f}"
        for value in (
            percentiles[49],
            percentiles[89],
            percentiles[98],
            max(latencies),
        )
    ]
    warm = memory[1][1]  # after a tenth of the requests
    growth = memory[-1][1] / warm - 1
    rows = [
        (
            f"requests sent, by {CLIENTS} clients",
            f"{answered + happened['lost']:,}",
        ),
        ("of which bad", f"{happened['bad']:,}"),
        ("answered", f"{answered:,}"),
        ("lost", f"{happened['lost']:,}"),
        ("answered with an unexpected status", f"{happened['wrong']:,}"),
        ("requests a second", f"{answered / elapsed:.0f}"),
        ("latency, median / 90 % / 99 % / longest", f"{' / '.join(ms)} ms"),
        (
            "load of the machine, before / after",
            " / ".join(f"{load:.1f}" for load in loads),
        ),
    ]
    rows += [
        (f"memory after {number:,} requests", f"{size / 1e6:.1f} MB")
        for number, size in (memory[0], memory[1], memory[5], memory[-1])
    ]
    passed = (
        answered == requests
        and not happened["lost"]
        and not happened["wrong"]
        and growth < GROWTH
    )
    return _table.markdown(("what", "figure"), rows), passed


if __name__ == "__main__":
    main()
