"""One device and several train the same: resnet20 on images of CIFAR-10.

    python bench/same_training.py --write

`zoo train` on some images of CIFAR-10 (`--dataset=digits` and others go, too),
in one process, in two under TF_CONFIG on 127.0.0.1, on two logical processors,
and the same on JAX: one process, two host devices, two processes. A row tells
the last epoch's figures, and the largest difference of any epoch's loss or
accuracy, and of any weight, from one device of the same backend. All is in
float32, where the order of a sum changes its last digits. Exit status 1 where
a loss differs by more than 1 %. Some minutes on 2 cores.
"""

import argparse
import csv
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import _jobs
import _table

PAGE = pathlib.Path(__file__).parents[1] / "docs/scaling.md"
WORDS = (
    "--model=resnet20", "--batch_size=32", "--synchronized", "--augment=none",
    "--optimizer=momentum", "--learning_rate=0.001", "--noexport",
)  # fmt: skip
HEADER = (
    "resnet20", "loss", "accuracy", "held-out loss", "held-out accuracy",
    "largest difference of these", "of the weights",
)  # fmt: skip
METRICS = ("loss", "accuracy", "val_loss", "val_accuracy")
DIVIDED = {"XLA_FLAGS": "--xla_force_host_platform_device_count=2"}
SETTINGS = {
    "TensorFlow, one device": ("tensorflow", 1, (), {}),
    "two processes": ("tensorflow", 2, (), {}),
    "two logical processors": ("tensorflow", 1, ("--devices=2",), {}),
    "JAX, one device": ("jax", 1, (), {}),
    "JAX, two host devices": ("jax", 1, ("--devices=2",), DIVIDED),
    "JAX, two processes": ("jax", 2, ("--devices=all",), {}),
}


def folder(dataset, per_class, root):
    """Writes some images of a set as a folder of PNG files; gives its path."""
    import tensorflow as tf

    from zoo.training import reading, sources

    raw = reading.read(sources.find(dataset))
    found = dict.fromkeys(range(len(raw.classes)), 0)
    for image, label in raw.train.as_numpy_iterator():
        if found[label] < per_class:
            path = root / f"class{label}" / f"{found[label]}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(tf.io.encode_png(image).numpy())
            found[label] += 1
        elif min(found.values()) == per_class:
            break
    return root


def train(words, backend, processes, environment):
    """Trains in one process or in several; waits for their end."""
    children = []
    for config in _jobs.configs(processes):
        own = {**os.environ, **environment, "KERAS_BACKEND": backend}
        own["TF_CPP_MIN_LOG_LEVEL"] = "3"
        if processes > 1:
            own["TF_CONFIG"] = config
        children.append(
            subprocess.Popen(
                [sys.executable, "-m", "zoo", "train", *words],
                env=own, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                text=True,
            )
        )  # fmt: skip
    told = [child.communicate()[0] for child in children]
    if any(child.returncode for child in children):
        raise SystemExit("\n".join(told))


def outcome(run):
    """(rows of metrics, weights) of a run directory."""
    import keras

    with open(run / "metrics.csv") as file:
        rows = [[float(r[n]) for n in METRICS] for r in csv.DictReader(file)]
    return rows, keras.saving.load_model(run / "model.keras").get_weights()


def difference(some, others):
    """The largest one of two lists of numbers or arrays."""
    import numpy as np

    pairs = zip(some, others, strict=True)
    return max(np.max(np.abs(np.subtract(a, b))) for a, b in pairs)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dataset", default="cifar10")
    parser.add_argument("--images", type=int, default=40, help="per class")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--only", default="", help="jax or tensorflow")
    parser.add_argument("--write", action="store_true", help="to docs/")
    args = parser.parse_args()
    rows, base, wrong = [], {}, False
    with tempfile.TemporaryDirectory() as name:
        images = folder(args.dataset, args.images, pathlib.Path(name, "images"))
        for setting, (backend, count, more, environment) in SETTINGS.items():
            if args.only not in backend:
                continue
            run = pathlib.Path(name, setting.replace(" ", "_"))
            words = (
                *WORDS, *more, f"--dataset={images}", f"--workdir={run}",
                f"--epochs={args.epochs}",
            )  # fmt: skip
            train(words, backend, count, environment)
            metrics, weights = outcome(run)
            alone = base.setdefault(backend, (metrics, weights))
            apart = difference(metrics, alone[0])
            drift = difference(weights, alone[1])
            last = [f"{value:.4f}" for value in metrics[-1]]
            row = (setting, *last, f"{apart:.1e}", f"{drift:.1e}")
            rows.append(row)
            print(*row, sep="  ", flush=True)
            pairs = zip(metrics, alone[0], strict=True)
            wrong |= any(
                abs(a - b) > 0.01 * b
                for one, other in pairs
                for a, b in zip(one[::2], other[::2], strict=True)
            )
    if args.write:
        text = _table.markdown(HEADER, rows)
        _table.put(PAGE, "same", _table.command(__file__), text)
    sys.exit(int(wrong))


if __name__ == "__main__":
    main()
