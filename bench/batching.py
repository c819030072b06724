"""What `zoo serve` gains by computing concurrent requests together.

    python bench/batching.py                # writes bench/batching.md
    python bench/batching.py --clients=16 lenet5_relu

Two server processes serve the same version, one with `--max_batch=1`, one as
usual. Clients that each send one PNG after the other ask them in turn, round by
round; a ratio is the median of the rounds' ratios of requests a second, load
the average of processes that want a core. Random weights and images; clients
and servers share the machine.
"""

import argparse
import base64
import concurrent.futures
import contextlib
import http.client
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

import _table

PAGE = pathlib.Path(__file__).with_suffix(".md")
MODELS = {  # name: requests of a round
    "lenet5_relu": 320,
    "squeezenet1_1": 64,
    "mobilenet_v2": 64,
    "resnet50": 32,
}
SIDES = {"alone": ("--max_batch=1",), "together": ()}
HEADER = (
    "model",
    "clients",
    "requests a second, alone",
    "together",
    "ratio",
    "median latency, alone",
    "together",
    "load",
)


def export(name, directory):
    """Exports a model; in a process that this one does not keep."""
    import zoo
    from zoo.images import Preprocessing

    model = zoo.create(name)
    *size, channels = model.input_shape[1:]
    unit = Preprocessing(size, channels * (1 / 255,), channels * (0.0,))
    zoo.export(model, directory, preprocessing=unit)


@contextlib.contextmanager
def serving(directory, *options):
    """The port of a server process."""
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "zoo", "serve", directory, "--port=0"),
            *("--runtime=tensorflow", *options),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield int(re.search(r":(\d+)/", server.stdout.readline())[1])
    finally:
        server.terminate()
        server.wait(30)


def body(channels):
    import numpy as np
    import tensorflow as tf

    random = np.random.default_rng(0)
    pixels = random.integers(0, 256, (64, 64, channels)).astype("uint8")
    data = base64.b64encode(tf.io.encode_png(pixels).numpy()).decode()
    request = {"signature_name": "classify_bytes", "inputs": [{"b64": data}]}
    return json.dumps(request).encode()


def measure(port, name, sent, clients, requests):
    """Requests a second, and the median of their seconds."""

    def client(number):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        latencies = []
        for _ in range(number):
            start = time.perf_counter()
            connection.request("POST", f"/v1/models/{name}:predict", sent)
            response = connection.getresponse()
            answer = response.read()
            if response.status != 200:
                sys.exit(f"error: {response.status} {answer[:200]}")
            latencies.append(time.perf_counter() - start)
        connection.close()
        return latencies

    start = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(clients) as pool:
        parts = pool.map(client, clients * [requests // clients])
        latencies = [seconds for part in parts for seconds in part]
    took = time.perf_counter() - start
    return len(latencies) / took, statistics.median(latencies)


def compare(name, clients, rounds):
    """One row of the table for each number of clients."""
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.ExitStack() as both,
    ):
        command = [sys.executable, __file__, "--export", name, folder]
        subprocess.run(command, check=True)
        facts = pathlib.Path(folder, "1/assets.extra/metadata.json")
        sent = body(json.loads(facts.read_text())["input_shape"][-1])
        ports = {
            side: both.enter_context(serving(folder, *options))
            for side, options in SIDES.items()
        }
        for number in clients:
            measured = {side: [] for side in SIDES}
            for round_ in range(-1, rounds):  # the first one warms up
                for side, port in ports.items():
                    found = measure(port, name, sent, number, MODELS[name])
                    if round_ >= 0:
                        measured[side].append(found)
            yield row(name, number, *measured.values())


def row(name, clients, alone, together):
    ratio = statistics.median(
        b[0] / a[0] for a, b in zip(alone, together, strict=True)
    )
    rates = [
        statistics.median(m[0] for m in side) for side in (alone, together)
    ]
    waits = [
        statistics.median(m[1] for m in side) for side in (alone, together)
    ]
    return (
        name,
        clients,
        *(f"{rate:.1f}" for rate in rates),
        f"{ratio:.2f}×",
        *(f"{1000 * seconds:.0f} ms" for seconds in waits),
        f"{os.getloadavg()[0]:.0f}",
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("models", nargs="*", default=list(MODELS))
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--export", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.export:
        return export(*args.export)
    rows = []
    for name in args.models:
        for found in compare(name, args.clients, args.rounds):
            print(*found, sep="  ", flush=True)
            rows.append(found)
    text = _table.markdown(HEADER, rows)
    command = " ".join(["python bench/batching.py", *sys.argv[1:]])
    _table.put(PAGE, "batching", command, text)


if __name__ == "__main__":
    main()
