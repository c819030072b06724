"""Attacks on `zoo serve`, each on a real server process.

    python bench/attacks/server.py --write
    python bench/attacks/server.py --width=0.1 hosts "tiny images"

What an attack must leave behind: the process, with no more memory than it may
have, that answers a good request at once. Each try that does not is a fault, as
is a status that was not to be expected. `--width` multiplies the tries. Linux
only; all traffic stays on 127.0.0.1.
"""

import argparse
import contextlib
import pathlib
import re
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

import _server_bodies
import _server_connections
import _server_versions
import _table
from _server_client import Client, memory

PAGE = pathlib.Path(__file__).parents[2] / "docs/security.md"
MEMORY = 4 * 2**30  # bytes beyond what the process has once it serves
ATTACKS = {
    **_server_bodies.ATTACKS,
    **_server_connections.ATTACKS,
    **_server_versions.ATTACKS,
}
SMALL, LARGE = "lenet5_relu", "squeezenet1_1"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("attacks", nargs="*", default=list(ATTACKS))
    parser.add_argument("--width", type=float, default=1.0)
    parser.add_argument("--write", action="store_true", help="to docs/")
    parser.add_argument("--export", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.export:
        return export(*args.export)
    rows, faults = [], []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name in (SMALL, LARGE):
            command = [sys.executable, __file__, "--export", name]
            subprocess.run([*command, folder / name], check=True)
        for name in args.attacks:
            row, found = run(name, folder, args.width)
            print(*row, sep="  ", flush=True)
            rows.append(row)
            faults += found
    print(*faults, sep="\n")
    text = _table.markdown(HEADER, rows)
    if args.write:
        kept = _table.kept(PAGE, ATTACKS, args.attacks)
        text = "\n".join([text, *kept])
        command = "python bench/attacks/server.py"
        if args.width != 1:
            command += f" --width={args.width}"
        _table.put(PAGE, "server", command, text)
    sys.exit(bool(faults))


HEADER = ("attack", "tries", "held", "what was seen", "memory")


def run(name, folder, width):
    """A row of the table, and the faults in words."""
    attack, model, options = ATTACKS[name]
    directory = folder / (LARGE if model == "large" else SMALL)
    with serving(directory, *options) as (process, client):
        tries, seen, faults = attack(client, width, directory)
        ended = process.poll()
        if ended is not None:
            faults.append(f"the server ended with {ended}")
        elif client.good() != 200:
            faults.append("a good request was not answered afterwards")
        peak = peak_memory(process.pid)
        log = client.log()
        if "Traceback" in log:
            told = log[log.index("Traceback") :]
            faults.append(f"a traceback in the log: {told[:3000]}")
    faults = [f"{name}: {fault}" for fault in faults]
    held = tries - min(len(faults), tries)
    row = (name, f"{tries:,}", f"{held:,}", seen, peak)
    return row, faults


def export(name, directory):
    """Exports a model; in a process that this one does not keep."""
    import zoo
    from zoo.images import Preprocessing

    model = zoo.create(name)
    *size, channels = model.input_shape[1:]
    unit = Preprocessing(size, channels * (1 / 255,), channels * (0.0,))
    zoo.export(model, directory, preprocessing=unit, features=True)


@contextlib.contextmanager
def serving(directory, *options):
    """A server's process, and a client of it."""
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "zoo", "serve", directory),
                *("--port=0", "--runtime=tensorflow", *options),
            ],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            greeting = process.stdout.readline()
            name, port = re.match(r"(\w+) .*:(\d+)/", greeting).groups()
            client = Client(int(port), name, log, process.pid)
            client.limit_memory(MEMORY)
            yield process, client
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def peak_memory(pid):
    with contextlib.suppress(OSError, KeyError):
        return f"{memory(pid)['VmHWM'] / 1e6:.2f} GB"
    return "–"


if __name__ == "__main__":
    begin = time.monotonic()
    try:
        main()
    finally:
        print(f"{time.monotonic() - begin:.0f} s", file=sys.stderr)
