"""Attacks on the ways by which weights and settings come in, but for files.

    python bench/attacks/loading.py --write

What `files.py` tries is whether a file is read. Here what was read, or is
asked for, goes on: into a network, to a hub, into a training. Each try ends in
an answer or in a ValueError, ConnectionError or ImportError of a few lines,
within 20 seconds and 1 GiB; it runs nothing, changes no network that it does
not fit and writes nothing outside of its cache. All else is a fault. Linux
only; all traffic stays on 127.0.0.1.
"""

import argparse
import pathlib
import resource
import signal
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

import _hub_attacks
import _setting_attacks
import _table
import _weight_attacks

PAGE = pathlib.Path(__file__).parents[2] / "docs/security.md"
ATTACKS = {
    **_weight_attacks.ATTACKS,
    **_hub_attacks.ATTACKS,
    **_setting_attacks.ATTACKS,
}
HEADER = ("attack", "tries", "answered", "refused", "faults")
MEMORY, SECONDS, LONGEST = 2**30, 20, 60_000  # the last in characters
REFUSALS = (ValueError, ConnectionError, ImportError)
FORBIDDEN = (
    "os.system", "os.exec", "os.fork", "os.posix_spawn", "subprocess.Popen",
    "pickle.find_class",
)  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("attacks", nargs="*", default=list(ATTACKS))
    parser.add_argument("--write", action="store_true", help="to docs/")
    args = parser.parse_args()
    happened = limit()
    rows, failed = [], False
    with tempfile.TemporaryDirectory() as folder:
        for name in args.attacks:
            counts = {"answered": 0, "refused": 0, "fault": 0}
            tries = ATTACKS[name](pathlib.Path(folder))
            for what, act, check in tries:
                happened.clear()
                outcome, fault = attempt(act)
                fault = fault or check()
                if happened:
                    fault = f"it ran {happened}"
                counts["fault" if fault else outcome] += 1
                if fault:
                    print(name, what, fault, sep=": ", flush=True)
            rows.append((name, sum(counts.values()), *counts.values()))
            print(*rows[-1], sep="  ", flush=True)
            failed |= bool(counts["fault"])
    if args.write:
        kept = _table.kept(PAGE, ATTACKS, args.attacks)
        text = "\n".join([_table.markdown(HEADER, rows), *kept])
        _table.put(PAGE, "loading", "python bench/attacks/loading.py", text)
    sys.exit(failed)


def attempt(act):
    """("answered" or "refused", what is wrong or "")."""

    def late(*_):
        raise TimeoutError(f"not done after {SECONDS} s")

    signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    try:
        act()
        return "answered", ""
    except TimeoutError as error:
        return "refused", str(error)
    except REFUSALS as error:
        long = len(str(error)) > LONGEST
        return "refused", f"{len(str(error)):,} characters" if long else ""
    except Exception as error:
        return "refused", f"{type(error).__name__}: {error!s:.200}"
    finally:
        signal.alarm(0)


def limit():
    """Limits the memory; returns a list of what is done that must not be."""
    import zoo

    zoo.resnet20(input_shape=(16, 16, 3), num_classes=3)  # imports all
    pages = int(pathlib.Path("/proc/self/statm").read_text().split()[0])
    size = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    happened = []
    sys.addaudithook(
        lambda event, args: event in FORBIDDEN and happened.append(event)
    )
    return happened


if __name__ == "__main__":
    main()
