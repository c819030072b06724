"""Work in forked processes, so that an abort is one more fault to report."""

import json
import os
import signal
import sys
import traceback

SECONDS = 300  # without a word, after which a process counts as hanging
MOST = 8  # cases that end badly, before no more of them is looked for


def faults(work, cases):
    """Does `work` on `cases`, and tells what went wrong.

    Where the process ends badly, the case that it was at is tried alone. If it
    is to blame, the others are begun again without it; if not (memory that an
    earlier case has spoilt), or if the process was at no case, halves of the
    cases are tried, and so on. TensorFlow may be imported in this process, but
    must not have computed anything: its threads do not survive a fork.

    Args:
        work: Function from a list of cases to a list of sentences, one a fault
            found. It calls `say` with what it begins.
        cases: A list; each has a `name`.

    Returns:
        A list of sentences.
    """
    return _faults(work, list(cases), [MOST])


def say(stage, case=None):
    """Tells what is begun, and with which of the cases if with one alone."""
    signal.alarm(SECONDS if _pipe is not None else 0)
    _send(stage=stage, case=None if case is None else case.name)


def _faults(work, cases, left):
    if not cases:
        return []
    found, end, stage, name = _forked(work, cases)
    if end is None:
        return found
    if len(cases) == 1:
        left[0] -= 1
        return [f"{cases[0].name}: {stage}: {end}"]
    if left[0] <= 0:
        names = "; ".join(case.name for case in cases)
        return [f"{name}: {stage}: {end}, or the fault of one of: {names}"]
    alone = [case for case in cases if case.name == name]
    if len(alone) == 1:
        guilty = _faults(work, alone, left)
        if guilty:
            others = [case for case in cases if case.name != name]
            return guilty + _faults(work, others, left)
    half = len(cases) // 2
    parts = _faults(work, cases[:half], left)
    parts += _faults(work, cases[half:], left)
    if not parts:
        names = "; ".join(case.name for case in cases)
        return [f"{name}: {stage}: {end}, but not in halves of: {names}"]
    return parts


_pipe = None  # to the parent


def _send(**message):
    if _pipe is not None:
        os.write(_pipe, json.dumps(message).encode() + b"\n")


def _forked(work, cases):
    """What was found; how the process ended, if badly; stage and case then."""
    sys.stdout.flush()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run(work, cases, writing)
    os.close(writing)
    last = {"stage": "", "case": None, "found": [], "error": None}
    with open(reading, "rb") as pipe:
        for line in pipe:
            last |= json.loads(line)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code < 0:
        last["error"] = f"killed by {signal.Signals(-code).name}"
    elif code and last["error"] is None:
        last["error"] = f"exit status {code}"
    return last["found"], last["error"], last["stage"], last["case"]


def _run(work, cases, pipe):
    """In the forked process; it does not return."""
    global _pipe
    _pipe = pipe
    signal.alarm(SECONDS)
    code = 1
    try:
        _send(found=work(cases))
        code = 0
    except BaseException as error:  # reported, whatever it is
        traceback.print_exc()
        told = " ".join(str(error).split())[:400]
        _send(error=f"{type(error).__name__}: {told}")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
