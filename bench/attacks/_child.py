"""Reads files until all are read, or until one ends this process.

    python _child.py FOLDER SEED FILES BEGIN

Tells on standard output, in JSON, which file it begins and what became of it.
"""

import importlib
import json
import os
import pathlib
import random
import resource
import signal
import sys
import time

import _mutated
import numpy as np
from _crafted import CRAFTED

from zoo.checkpoints import _files, _keras_model

SECRET = b"A SECRET OF ANOTHER FILE"
MEMORY = 2**30  # bytes beyond what the process has when it begins
SECONDS = 20
# What an answer may take beyond the file: weights share memory and repeat.
LARGEST = 2**24 + 2**23
FORBIDDEN = (
    "os.system", "os.exec", "os.fork", "os.posix_spawn", "subprocess.Popen",
    "socket.connect", "exec", "os.mkdir", "pickle.find_class",
)  # fmt: skip
happened = []


def main(folder, seed, files, begin):
    folder = pathlib.Path(folder)
    secret = folder / "secret"
    secret.write_bytes(SECRET)
    warm(folder)
    limit()
    crafted = list(CRAFTED.items())
    kinds = list(_mutated.GOOD)
    for number in range(begin, len(crafted) + files):
        if number < len(crafted):
            name, (suffix, write, words) = crafted[number]
            path = folder / f"x{suffix}"
            tell(begun=number, kind=name)
            write(path, str(secret))
            kind = f"crafted {suffix}"
        else:
            kind = kinds[number % len(kinds)]
            tell(begun=number, kind=kind)
            chance = random.Random(f"{seed} {number}")
            path = folder / f"x{suffix_of(kind, chance)}"
            path.write_bytes(_mutated.mutated(kind, chance))
            words = None
        tell(number=number, kind=kind, **attempt(path, words))
        path.unlink()
    print(json.dumps("end"))


def suffix_of(kind, chance):
    """The own one; of one in ten, another's: content decides."""
    own = _mutated.GOOD[kind][0]
    if own == ".keras" or chance.random() > 0.1:
        return own
    return chance.choice(list(_files.READERS))


def warm(folder):
    """Reads the good files, so that all is imported; they must be read."""
    for codec in ("raw_unicode_escape", "unicode_escape", "latin_1", "ascii"):
        importlib.import_module(f"encodings.{codec}")
    for suffix, data in _mutated.GOOD.values():
        path = folder / f"good{suffix}"
        path.write_bytes(data)
        reader(path)(path)
        path.unlink()


def limit():
    pages = int(pathlib.Path("/proc/self/statm").read_text().split()[0])
    size = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    sys.addaudithook(
        lambda event, args: event in FORBIDDEN and happened.append(event)
    )


def reader(path):
    return _keras_model.check if path.suffix == ".keras" else _files.read


def attempt(path, words):
    """What became of a file: {outcome, seconds, megabytes, what}."""
    happened.clear()
    size, memory, start = path.stat().st_size, peak(), time.process_time()
    signal.alarm(SECONDS)  # ends the process
    what = ""
    try:
        found = reader(path)(path) or {}
        outcome = "read"
        what = wrong_answer(found, size)
    except ValueError as error:
        outcome = "refused"
        what = wrong_refusal(str(error), path, words)
    except Exception as error:
        outcome, what = "fault", f"{type(error).__name__}: {error!s:.200}"
    signal.alarm(0)
    if outcome == "read" and words:
        what = f"it was read: {list(found)[:3]}"
    if happened:
        what = f"it ran {happened}"
    return {
        "outcome": "fault" if what else outcome,
        "seconds": time.process_time() - start,
        "megabytes": peak() - memory,
        "what": what,
    }


def wrong_answer(tensors, size):
    for name, array in tensors.items():
        if not isinstance(array, np.ndarray | np.generic):
            return f"{name} is a {type(array)}"
        if array.size < 1000 and SECRET[:8] in array.tobytes():
            return "it holds the secret"
    total = sum(array.nbytes for array in tensors.values())
    if total > LARGEST + 16 * size:
        return f"{total:,} bytes of a file of {size:,}"
    return ""


def wrong_refusal(text, path, words):
    if words is not None and words not in text:
        return f"the reason should have {words!r}: {text:.200}"
    if str(path) not in text and "model.weights.h5" not in text:
        return f"the file is not named: {text:.200}"
    if len(text) > 1000:
        return f"a reason of {len(text):,} characters"
    return ""


def peak():
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def tell(**values):
    print(json.dumps(values), flush=True)


if __name__ == "__main__":
    os.environ["HDF5_USE_FILE_LOCKING"] = "FALSE"
    main(*sys.argv[1:2], sys.argv[2], *map(int, sys.argv[3:5]))
