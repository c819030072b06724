"""Kills processes of a job that trains one network, and starts it again.

    python bench/attacks/jobs.py --write

Two processes on 127.0.0.1 train under TF_CONFIG; one of them, by turns the
chief, is killed at a random moment, or both get SIGTERM. The other has to end
by itself, with one line and without a traceback; both are started again with
the same words, `--restart` among them. In the end metrics.csv and all arrays of
model.keras and of the last checkpoint must be those of a job that nothing
disturbed, bit for bit. All else is a fault. A quarter of an hour on 2 cores.
"""

import argparse
import contextlib
import functools
import os
import pathlib
import random
import signal
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

import _jobs
import _run_children
import _table

PAGE = pathlib.Path(__file__).parents[2] / "docs/scaling.md"
HEADER = ("attack", "tries", "held", "lost or wrong")
WORDS = (
    *_run_children.COMMON, "--model=lenet5_relu", "--norm=batch_norm",
    "--activation=rrelu", "--optimizer=momentum", "--learning_rate=0.01",
    f"--epochs={_run_children.EPOCHS}", "--seed=3", "--batch_size=9",
    "--noexport", "--restart",
)  # fmt: skip
PATIENCE = 90  # seconds in which a process ends where another has
JOIN = 30  # seconds in which the processes of a job have to find each other


class Job:
    """Two processes that train one network."""

    def __init__(self, run, folder):
        words = (*WORDS, f"--workdir={run}")
        self.processes = [
            _run_children.Training(
                words,
                folder / f"worker{index}.log",
                functools.partial(join, config),
            )
            for index, config in enumerate(_jobs.configs(2))
        ]

    def wait(self, patience=600):
        """The exit statuses; those that had to be killed have None."""
        end = time.monotonic() + patience
        found = [None, None]
        while time.monotonic() < end and None in found:
            for index, training in enumerate(self.processes):
                if found[index] is None:
                    done, status = os.waitpid(training.process, os.WNOHANG)
                    if done:
                        found[index] = os.waitstatus_to_exitcode(status)
            time.sleep(0.01)
        for index, training in enumerate(self.processes):
            if found[index] is None:
                os.kill(training.process, signal.SIGKILL)
                os.waitpid(training.process, 0)
        return found

    def send(self, number, indices):
        for index in indices:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.processes[index].process, number)

    def told(self, index):
        return self.processes[index].told()


def join(config):
    """Makes this process one of the job that TF_CONFIG tells."""
    from zoo.training import _tf_workers

    _tf_workers.JOIN_SECONDS = JOIN
    os.environ["TF_CONFIG"] = config


def kills(folder, tries, undisturbed):
    """One of the processes is killed; by turns the chief and the other."""
    yield from ended(folder, tries, undisturbed, signal.SIGKILL)


def stops(folder, tries, undisturbed):
    """Both get SIGTERM, as from a cluster that takes its machines away."""
    yield from ended(folder, tries, undisturbed, signal.SIGTERM)


def ended(folder, tries, undisturbed, number):
    reference, seconds = undisturbed
    chance, sent, chain = random.Random(int(number)), 0, 0
    while sent < tries:
        chain += 1
        run = folder / f"signal{int(number)}-{chain}"
        faults = []
        for _ in range(4):
            job = Job(run, folder)
            time.sleep(chance.uniform(0.3, seconds))
            killed = number == signal.SIGKILL
            job.send(number, [sent % 2] if killed else [0, 1])
            statuses = job.wait(PATIENCE)
            sent += 1
            faults.append(fault(job, statuses, number, sent - 1))
            if statuses == [0, 0] or sent == tries:
                break
        job = Job(run, folder)
        last = fault(job, job.wait(), None, 0)
        last = last or _run_children.difference(reference, run)
        yield from faults[:-1]
        yield last or faults[-1]


def fault(job, statuses, number, sent):
    """What is wrong with how a job ended, or None."""
    accepted = {None: (0,), signal.SIGTERM: (0, 2, 143)}
    for index, status in enumerate(statuses):
        told = job.told(index)
        wanted = accepted.get(number, (0, 2))
        if number == signal.SIGKILL and index == sent % 2:
            wanted = (0, -9)
        if status is None:
            return f"worker {index} does not end: {told.strip()[-300:]}"
        found = _run_children.fault_of_end(status, told, wanted)
        if found:
            return f"worker {index}: {found}"
    return None


ATTACKS = {
    "kills": ("kill −9 of the chief or of the other process", kills, 24),
    "stops": ("SIGTERM to both", stops, 8),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("attacks", nargs="*", default=list(ATTACKS))
    parser.add_argument("--width", type=float, default=1.0)
    parser.add_argument("--write", action="store_true", help="to docs/")
    args = parser.parse_args()
    os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "1"}
    _run_children.prepare()
    rows, failed = [], False
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        reference = folder / "undisturbed"
        begun = time.monotonic()
        job = Job(reference, folder)
        if found := fault(job, job.wait(), None, 0):
            raise SystemExit(f"undisturbed: {found}")
        undisturbed = reference, time.monotonic() - begun
        print(f"undisturbed: {undisturbed[1]:.0f} s", flush=True)
        for key in args.attacks:
            name, attack, tries = ATTACKS[key]
            tries = max(1, round(tries * args.width))
            found = list(attack(folder, tries, undisturbed))
            faults = [one for one in found if one]
            print(*faults, sep="\n", flush=True)
            held = len(found) - len(faults)
            rows.append((name, len(found), held, len(faults)))
            print(*rows[-1], sep="  ", flush=True)
            failed |= bool(faults)
    if args.write:
        text = _table.markdown(HEADER, rows)
        _table.put(PAGE, "jobs", "python bench/attacks/jobs.py", text)
    sys.exit(failed)


if __name__ == "__main__":
    main()
