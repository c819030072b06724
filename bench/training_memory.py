"""What less memory in training costs: gradients of smaller batches, added up.

    python bench/training_memory.py --write

resnet20 on 32×32 images, 256 a step of the optimizer: at once, or in parts
whose gradients are added up (`zoo train --batch_size=64 --accumulate=4`). Each
is a process of its own: the memory is by how much its peak is above what it had
before the first step, the time is processor time, of all threads, and the best
of the last steps. Ratios are to the first within a round.
"""

import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(pathlib.Path(__file__).parent))

import _table

PAGE = pathlib.Path(__file__).parents[1] / "docs/scaling.md"
BATCH, STEPS = 256, 4
HEADER = ("resnet20, 32×32, 256 images", "memory", "processor time")
VARIANTS = {"at once": 1, "in 4 parts of 64": 4, "in 16 parts of 16": 16}


def child(parts):
    """Trains some steps; prints bytes of memory and seconds of a step."""
    import keras
    import numpy as np

    import zoo

    model = zoo.resnet20(num_classes=10)
    model.compile(
        keras.optimizers.SGD(
            0.01, gradient_accumulation_steps=parts if parts > 1 else None
        ),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        jit_compile=False,
    )
    size = BATCH // parts
    random = np.random.default_rng(0)
    images = random.normal(size=(size, 32, 32, 3)).astype("float32")
    labels = np.arange(size) % 10
    pages = int(pathlib.Path("/proc/self/statm").read_text().split()[1])
    before = pages * resource.getpagesize()
    seconds = []
    for _ in range(STEPS):
        begun = time.process_time()
        for _ in range(parts):
            model.train_on_batch(images, labels)
        seconds.append(time.process_time() - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps([peak - before, min(seconds[1:])]), flush=True)


def run(parts):
    """(bytes, seconds) of a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, f"--child={parts}"],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--child", type=int)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="to docs/")
    args = parser.parse_args()
    if args.child:
        return child(args.child)
    rounds = [
        {name: run(parts) for name, parts in VARIANTS.items()}
        for _ in range(args.rounds)
    ]
    rows = []
    for name in VARIANTS:
        ratios = []
        for which in (0, 1):
            found = [r[name][which] / r["at once"][which] for r in rounds]
            ratios.append(f"{statistics.median(found):.2f}")
        size = statistics.median(r[name][0] for r in rounds) / 2**20
        rows.append((name, f"{ratios[0]} ({size:.0f} MiB)", ratios[1]))
        print(*rows[-1], sep="  ", flush=True)
    if args.write:
        text = _table.markdown(HEADER, rows)
        _table.put(PAGE, "memory", _table.command(__file__), text)


if __name__ == "__main__":
    main()
