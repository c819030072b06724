"""The facts about program and machine that a run keeps."""

import datetime
import importlib.metadata
import platform
import sys
from typing import Any

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
