"""Processes that runs are made in, each with a pipe: one may die.

A process that is killed (by the system, where memory is short) costs the run
that it was at, which is tried once more in a new process. The processes end
with the one that started them, however that ends.
"""

import collections
import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Generator
from multiprocessing import connection

TRIES = 2  # of a run whose process dies


class WorkerDied(RuntimeError):
    """The process of a run ended before the run, at each try."""


class _Remote(Exception):
    """The traceback of another process, as the cause of its exception."""

    def __str__(self):
        return f"\n{self.args[0]}"


class _Worker:
    """A process, its pipe, and the task that it is at."""

    def __init__(self, start, call):
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=_work, args=(other, start, call))
        self.process.start()
        other.close()
        self.name = None

    def give(self, name, task):
        self.name = name
        with contextlib.suppress(OSError):  # it has died, as `take` will tell
            self.pipe.send(task)

    def take(self):
        """The outcome; a `WorkerDied` where there will be none."""
        try:
            return unpickled(self.pipe.recv_bytes())
        except (EOFError, OSError):
            self.process.join(10)
            ending = _ending(self.process.exitcode)
            return WorkerDied(f"its process ended, {TRIES} times, by {ending}")

    def end(self):
        self.pipe.close()
        self.process.terminate()
        self.process.join(5)
        self.process.kill()
        self.process.join()


def in_processes(
    jobs: int, start: Callable[[], None], call: Callable, tasks: dict
) -> Generator[tuple, None, None]:
    """Yields (name, outcome) of each task as it ends.

    Args:
        jobs: Number of processes.
        start: What each does first.
        call: Function of a task; like `start`, another process must find it.
        tasks: {name: task}.

    An outcome is what `call` returned, the exception that it raised, or a
    `WorkerDied`.
    """
    left = collections.deque(tasks)
    tries = collections.Counter()
    workers: list[_Worker] = []
    try:
        while left or workers:
            while left and len(workers) < jobs:
                workers.append(_Worker(start, call))
                name = left.popleft()
                workers[-1].give(name, tasks[name])
            ready = connection.wait([worker.pipe for worker in workers])
            for worker in [w for w in workers if w.pipe in ready]:
                name, outcome = worker.name, worker.take()
                died = isinstance(outcome, WorkerDied)
                tries[name] += 1
                if died and tries[name] < TRIES:
                    left.appendleft(name)
                else:
                    yield name, outcome
                if left and not died:
                    worker.give(following := left.popleft(), tasks[following])
                else:
                    workers.remove(worker)
                    worker.end()
    finally:
        for worker in workers:
            worker.end()


def _work(pipe, start, call):
    """The process's side: does tasks until its pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    fault = None
    try:
        start()
    except Exception as error:
        fault = error
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        try:
            if fault:
                raise fault
            outcome = call(task)
        except Exception as error:
            outcome = error, traceback.format_exc()
        sys.stdout.flush()
        pipe.send_bytes(pickled(outcome))


def pickled(outcome):
    """Bytes of an outcome; not every exception can be sent as it is."""
    try:
        data = pickle.dumps(outcome)
        pickle.loads(data)  # nosec B301
    except Exception as error:
        if not isinstance(outcome, tuple):
            return pickle.dumps((TypeError(str(error)), ""))
        named = traceback.format_exception_only(outcome[0])[-1].strip()
        return pickle.dumps((RuntimeError(named), outcome[1]))
    return data


def unpickled(data: bytes):
    """What was pickled; an exception has its traceback as its cause."""
    outcome = pickle.loads(data)  # nosec B301
    if isinstance(outcome, tuple):
        outcome, trace = outcome
        outcome.__cause__ = _Remote(trace)
    return outcome


def _end_with_parent():
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _ending(code):
    if code is None or code >= 0:
        return f"exit status {code}"
    name = signal.Signals(-code).name
    memory = " (for want of memory?)" if name == "SIGKILL" else ""
    return f"{name}{memory}"
