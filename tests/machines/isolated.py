"""Work in forked processes, so that an abort is one more thing to report."""

import json
import os
import signal
import sys
import traceback

SECONDS = 300  # after which a process counts as hanging


def failures(work, cases):
    """Does `work` on `cases`; names what went wrong.

    Where the process dies or raises, the cases are halved until it is known
    which of them does it. TensorFlow may be imported in this process, but must
    not have computed anything yet: its threads do not survive a fork.

    Args:
        work: Function from a list of cases to a list of sentences, one a fault
            found. It calls `say` with what it begins.
        cases: A list; each has a `name`.

    Returns:
        A list of sentences.
    """
    found, end = _forked(work, cases)
    if end is None:
        return found
    if len(cases) == 1:
        return [f"{cases[0].name}: {end}"]
    half = len(cases) // 2
    parts = failures(work, cases[:half]) + failures(work, cases[half:])
    if not parts:
        names = ", ".join(case.name for case in cases)
        return [f"{end}, but not if halved: {names}"]
    return parts


def say(stage):
    """Tells the parent what is being tried."""
    _send({"stage": stage})


def _send(message):
    if _pipe is not None:
        os.write(_pipe, json.dumps(message).encode() + b"\n")


_pipe = None


def _forked(work, cases):
    """What was found, and how the process ended if it did so badly."""
    sys.stdout.flush()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run(work, cases, writing)
    os.close(writing)
    with open(reading, "rb") as pipe:
        messages = [json.loads(line) for line in pipe]
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    stage, found, error = "", [], None
    for message in messages:
        stage = message.get("stage", stage)
        found = message.get("found", found)
        error = message.get("error", error)
    if code < 0:
        error = f"killed by {signal.Signals(-code).name}"
    elif code and error is None:
        error = f"exit status {code}"
    return found, error and f"{stage}: {error}"


def _run(work, cases, pipe):
    """In the forked process; it does not return."""
    global _pipe
    _pipe = pipe
    signal.alarm(SECONDS)
    code = 1
    try:
        _send({"found": work(cases)})
        code = 0
    except BaseException as error:  # reported, whatever it is
        traceback.print_exc()
        kind = type(error).__name__
        _send({"error": f"{kind}: {' '.join(str(error).split())[:400]}"})
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
