"""Ships the weights of a training, or of a published file, in the package.

    zoo reproduce resnet20 --epochs=30 --seeds=1
    python -m tests.parity.make_packaged reproduced/resnet20_*/seed0
    python -m tests.parity.make_packaged resnet20-12fca82f.th  # one of both
    python -m tests.parity.make_known

writes zoo/checkpoints/packaged/resnet20.h5, the weights under the names of the
network's variables, and resnet20.json, what known.json says of them: accuracy
on the held-out images, preprocessing, checksum, and where they are from. A
published file is told by its name in known.json; where its licence wants to go
with it, that lies beside it as resnet20.LICENSE.txt.
"""

import dataclasses
import json
import pathlib
import sys

import h5py
import numpy as np

import zoo
from zoo import _loading, _targets
from zoo.checkpoints import _download, _known, _own, _package

CLASSES = {
    "cifar10": "cifar_10",
    "cifar100": "cifar_100",
    "svhn_cropped": "svhn",
}


def main(paths):
    for path in map(pathlib.Path, paths):
        if path.is_dir():
            loaded = _loading.load(_targets.find(str(path)))
            model, facts = loaded.model, facts_of(path, loaded)
        else:
            name, checkpoint = published(path.name)
            model = zoo.create(name, weights=path)
            facts = facts_of_published(checkpoint, path)
        print(write(model, facts, _package.FOLDER))


def published(filename):
    """(the builder's name, the `Checkpoint`) of a file that is published."""
    for name in _known.builders():
        for checkpoint in _known.of(name):
            if checkpoint.url.endswith(f"/{filename}"):
                return name, checkpoint
    raise ValueError(f"known.json has no file that is named {filename!r}.")


def facts_of_published(checkpoint, path):
    own = ("name", "url", "package", "options", "checksum", "accuracies")
    facts = {
        key: value
        for key, value in dataclasses.asdict(checkpoint).items()
        if key not in own and value is not None
    }
    file = {"url": checkpoint.url, "sha256": _download.checksum(path)}
    return {**facts, "trained": file}


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
