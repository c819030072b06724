"""The table of reproductions: a row for each training."""

import csv
import hashlib
import json
import math
from pathlib import Path
from typing import Any

import numpy as np

from zoo._files import write_whole
from zoo.checkpoints import _locks
from zoo.recipes.lab.rows import Rows
from zoo.training import UserError, run_found, run_metrics

NAME = "results.csv"


def read(path: Path) -> Rows:
    """The rows of a table; none where there is no file.

    Raises:
        UserError: The file is not as one is written.
    """
    if not path.is_file():
        return Rows()
    try:
        rows = Rows.read(path)
        for row in rows:
            _ = key(row), row["accuracy"]
        return rows
    except (ValueError, KeyError, csv.Error, UnicodeDecodeError) as error:
        raise UserError(
            f"{path} is no table of reproductions, or is damaged: {error!r}. "
            "Move it away, or give another --directory."
        ) from error


def add(path: Path, row: dict[str, Any]) -> None:
    """Adds a row in place of one of the same training, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.with_name(f".{path.name}.lock")
    with _locks.held(lock, math.inf, lambda: None):
        rows = read(path).filter(lambda old: key(old) != key(row))
        rows.append(row)
        write_whole(path, rows.csv(), durable=True)


def key(row: dict[str, Any]) -> tuple:
    """What tells trainings apart: network, options, seed."""
    return row["network"], row["options"], row["seed"]


def row(network: str, options: str, seed: int, changes: str, trained) -> dict:
    """The row of a training.

    Args:
        network: The network's name.
        options: Hash of all options that decide the result but the seed.
        seed: The seed.
        changes: The options that are not the paper's.
        trained: What `training.train` returned.
    """
    folder = trained.directory
    config = json.loads((folder / run_found.CONFIG).read_text("utf-8"))
    versions, machine = config["versions"], config["machine"]
    lines = (folder / run_metrics.LINES).read_text("utf-8")
    times = [json.loads(line) for line in lines.splitlines()]
    return {
        "network": network,
        "dataset": config["flags"]["dataset"],
        "options": options,
        "changes": changes,
        "seed": seed,
        "epochs": len(times),
        "accuracy": trained.accuracy,
        "images": config["data"]["test_count"],
        "seconds": round(sum(t.get("seconds", 0) for t in times), 1),
        "started": config["started"],
        **{f"{name}_version": version for name, version in versions.items()},
        "system": machine["system"],
        "processor": machine["processor"],
        "cores": machine["cores"],
        "speed": config["speed"],
        "weights": f"sha256:{weights_hash(trained.model)}",
        "curve": [t["val_accuracy"] for t in times],
    }


def weights_hash(model) -> str:
    """SHA-256 of the values of a model's weights, in their order."""
    found = hashlib.sha256()
    for weight in model.weights:
        found.update(np.ascontiguousarray(weight.numpy()).tobytes())
    return found.hexdigest()
