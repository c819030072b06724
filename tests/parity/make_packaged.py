"""Ships the weights of a training in the package.

    zoo reproduce resnet20 --epochs=30 --seeds=1
    python -m tests.parity.make_packaged reproduced/resnet20_*/seed0
    python -m tests.parity.make_known

writes zoo/checkpoints/packaged/resnet20.h5, the weights under the names of the
network's variables, and resnet20.json, what known.json says of them: accuracy
on the held-out images, preprocessing, checksum, and how they were trained.
"""

import json
import pathlib
import sys

import h5py
import numpy as np

from zoo import _loading, _targets
from zoo.checkpoints import _download, _own, _package

CLASSES = {
    "cifar10": "cifar_10",
    "cifar100": "cifar_100",
    "svhn_cropped": "svhn",
}


def main(runs):
    for run in map(pathlib.Path, runs):
        loaded = _loading.load(_targets.find(str(run)))
        facts = facts_of(run, loaded)
        print(write(loaded.model, facts, _package.FOLDER))


def facts_of(run, loaded):
    """What an entry of known.json says, and how the network was trained."""
    config = json.loads((run / "config.json").read_text())
    flags, data = config["flags"], config["data"]
    prepare = loaded.preprocessing
    std = [1 / (255 * m) for m in prepare.multiplier]
    metrics = (run / "metrics.jsonl").read_text().splitlines()
    last = json.loads(metrics[-1])
    if last["epoch"] != flags["epochs"]:
        raise ValueError(
            f"{run}: {last['epoch']} of {flags['epochs']} epochs are done."
        )
    return {
        "theirs": flags["model"],
        "license": "apache-2.0",
        "num_classes": len(data["classes"]),
        "classes": CLASSES[data["name"]],
        "top1": round(100 * last["val_accuracy"], 2),
        "accuracy_source": "zoo reproduce",
        "resize": prepare.size[0],
        "crop": prepare.size[0],
        "interpolation": "bilinear",
        "mean": [-o * s for o, s in zip(prepare.offset, std, strict=True)],
        "std": std,
        "trained": {k: flags[k] for k in ("epochs", "seed", "dataset")},
    }


def write(model, facts, folder):
    """Writes both files; returns the path of the weights."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{facts['theirs']}.h5"
    with h5py.File(path, "w") as file:
        for name, variable in _own.variables(model).items():
            group = file.require_group(name.partition("/")[0])
            group[name] = np.asarray(variable)
            names = [*group.attrs.get("weight_names", []), name]
            group.attrs["weight_names"] = names
    facts = {**facts, "checksum": _download.checksum(path)}
    path.with_suffix(".json").write_text(json.dumps(facts, indent=1) + "\n")
    return path


if __name__ == "__main__":
    main(sys.argv[1:])
