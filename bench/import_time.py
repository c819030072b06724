"""Time of `import zoo` against `import keras`, each in a fresh process.

python bench/import_time.py [runs]
"""

import statistics
import subprocess
import sys
import time


def seconds(module):
    """Wall time of a process that imports the module."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", f"import {module}"],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def main(runs=7):
    """Alternates the two and prints the medians."""
    times = {"keras": [], "zoo": []}
    for _ in range(runs):
        for module, taken in times.items():
            taken.append(seconds(module))
    medians = {m: statistics.median(t) for m, t in times.items()}
    difference = statistics.median(
        z - k for k, z in zip(times["keras"], times["zoo"], strict=True)
    )
    print(
        f"medians of {runs}: import keras {medians['keras']:.2f} s, "
        f"import zoo {medians['zoo']:.2f} s, {difference:+.2f} s"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
