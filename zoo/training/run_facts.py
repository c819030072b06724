"""The facts about program and machine that a run keeps."""

import datetime
import importlib.metadata
import platform
import sys
from typing import Any

from zoo.images import Preprocessing
from zoo.training.speed import cores

PACKAGES = ("cnn-zoo", "tensorflow", "keras", "numpy", "tensorflow-datasets")


def facts() -> dict[str, Any]:
    """Command, time, versions and machine, as JSON values."""
    return {
        "command": " ".join(sys.argv),
        "started": datetime.datetime.now().isoformat(timespec="seconds"),
        "versions": {"python": platform.python_version()} | _versions(),
        "machine": {
            "system": platform.platform(),
            "processor": platform.machine(),
            "cores": cores(),
        },
    }


def _versions():
    versions = {}
    for package in PACKAGES:
        try:
            versions[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            versions[package] = None
    return versions


def preprocessing(data: dict[str, Any]) -> Preprocessing:
    """The `Preprocessing` that a run's config.json tells under `data`."""
    if "preprocessing" in data:
        return Preprocessing.from_dict(data["preprocessing"])
    height, width, _ = data["input_shape"]  # a run of before there was one
    return Preprocessing(
        (height, width),
        data["multiplier"],
        data["offset"],
        resize=data["resize"],
        own_size=data["own_size"],
    )
