"""Finds a data set by name or folder, without TensorFlow and the network.

Which sets are prepared is read from the directories, so the answer to a wrong
name comes at once.
"""

import dataclasses
import os
from pathlib import Path

from zoo.training._cli import UserError, nearest

PACKAGED = ("mnist_5k", "digits")
IMAGE_SUFFIXES = (".bmp", ".gif", ".jpeg", ".jpg", ".png")
TEST_FOLDERS = ("test", "validation", "val")
HIDDEN = ("Thumbs.db", "desktop.ini")


@dataclasses.dataclass(frozen=True)
class Source:
    """Where a set is: a TFDS name, a prepared directory, or a folder."""

    name: str
    kind: str  # "packaged", "prepared", "download" or "folder"
    path: Path | None = None


def find(dataset, data_dir=None, download=False):
    """The `Source` of `--dataset`.

    Args:
        dataset: `mnist_5k`, `digits`, the name of a TFDS set (also
            `name/config` and `name:version`), or the path of a folder with
            one folder of images for each class.
        data_dir: Where TFDS keeps prepared sets. None: TFDS's own place.
        download: Whether a set that is not prepared may be fetched.

    Raises:
        UserError: There is no such set; says which there are.
    """
    path = Path(dataset).expanduser()
    if dataset in PACKAGED:
        return Source(dataset, "packaged")
    prepared = prepared_sets(data_dir)
    name, _, version = dataset.partition(":")
    versions = prepared.get(name, {})
    if versions and (not version or version in versions):
        newest = version or max(versions, key=_version_key)
        return Source(name, "prepared", versions[newest])
    if os.sep in dataset or path.is_dir():
        if not path.is_dir():
            if download and not path.is_absolute():
                return Source(dataset, "download")
            if not dataset.startswith((".", os.sep, "~")):
                raise UserError(_not_prepared(dataset, prepared, data_dir))
            raise UserError(f"--dataset={dataset}: there is no such folder.")
        return Source(path.resolve().name, "folder", path)
    if download:
        return Source(dataset, "download")
    raise UserError(_not_prepared(dataset, prepared, data_dir))


def prepared_sets(data_dir=None):
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


def default_data_dir():
    """TFDS's own rule."""
    return os.environ.get("TFDS_DATA_DIR") or "~/tensorflow_datasets"


def _version_key(version):
    return [int(part) if part.isdigit() else -1 for part in version.split(".")]


def _not_prepared(dataset, prepared, data_dir):
    here = sorted({*PACKAGED, *prepared})
    root = data_dir or default_data_dir()
    option = f" --data_dir={data_dir}" if data_dir else ""
    return (
        f"the data set {dataset!r} is not on this machine."
        f"{nearest(dataset, here)}\n"
        f"  There are: {', '.join(here)} (prepared sets are looked for in "
        f"{root}),\n"
        "  or a folder with one folder of images for each class.\n"
        "  A set of tensorflow-datasets is fetched, where there is internet, "
        "by\n"
        f"    python recipes/train.py --dataset={dataset} --download{option}"
    )


@dataclasses.dataclass(frozen=True)
class Folder:
    """Image files by split, with their labels; classes are sorted by name."""

    classes: list
    train: list  # (path, label)
    test: list


def list_folder(root, held_out=0.2):
    """Lists the images of `root/<class>/*` or `root/{train,test}/<class>/*`.

    Without a folder `test`, `validation` or `val`, every fifth image of each
    class (sorted by name) is held out.

    Raises:
        UserError: No images, fewer than two classes, an empty class, a file
            that is no image, or another class in the test folder.
    """
    root = Path(root)
    folders = {folder.name: folder for folder in _folders(root)}
    test = next((folders[n] for n in TEST_FOLDERS if n in folders), None)
    if "train" in folders and test:
        train = _classes(folders["train"])
        apart = _classes(test)
        classes = sorted(train)
        strange = sorted(set(apart) - set(train))
        if strange:
            raise UserError(
                f"{test} has the class {strange[0]!r}, which "
                f"{folders['train']} has not."
            )
    else:
        if "train" in folders and len(folders) == 1:
            root = folders["train"]
        every = _classes(root)
        classes = sorted(every)
        step = round(1 / held_out)
        train, apart = {}, {}
        for name, files in every.items():
            if len(files) < 2:
                raise UserError(
                    f"{root / name} has one image; at least two are needed, "
                    "one to train on and one to hold out."
                )
            chosen = files[step - 1 :: step] or files[-1:]
            apart[name] = chosen
            train[name] = [file for file in files if file not in set(chosen)]
    if len(classes) < 2:
        raise UserError(
            f"{root} has one class only ({classes[0]!r}); there must be a "
            "folder for each of at least two classes."
        )
    label = {name: index for index, name in enumerate(classes)}

    def examples(files):
        return [(str(f), label[n]) for n in classes for f in files.get(n, ())]

    return Folder(classes, examples(train), examples(apart))


def _folders(root):
    return sorted(
        p for p in root.iterdir() if p.is_dir() and not p.name.startswith(".")
    )


def _classes(root):
    """{class: sorted image files} of a folder of class folders."""
    folders = _folders(root)
    if not folders:
        raise UserError(
            f"{root} has no folders; there must be one for each class, with "
            "the images of that class in it."
        )
    classes, strange = {}, []
    for folder in folders:
        files = sorted(
            p
            for p in folder.rglob("*")
            if p.is_file()
            and not p.name.startswith(".")
            and p.name not in HIDDEN
        )
        strange += [p for p in files if p.suffix.lower() not in IMAGE_SUFFIXES]
        if not files:
            raise UserError(f"{folder} has no images.")
        classes[folder.name] = files
    if strange:
        more = f" and {len(strange) - 3} more" if len(strange) > 3 else ""
        raise UserError(
            f"not images: {', '.join(map(str, strange[:3]))}{more}. "
            f"Take them away, or use {', '.join(IMAGE_SUFFIXES)}."
        )
    return classes
