"""Finds out which images of a folder are to train on, and of which class.

The folders that people have: one for each class, or folders such as `train`
and `valid` that have one for each class. A folder that could be read in two
ways is refused, for a wrong reading trains as well as a right one.
"""

import dataclasses
import os
import re
from collections.abc import Sequence
from pathlib import Path

from zoo.training import class_folders as within, label_tables
from zoo.training.errors import UserError

# Names of a split, in small letters; the first kind there is is held out.
TRAIN = ("train", "training", "trainset")
HELD_OUT = {
    "test": ("test", "tests", "testing", "testset"),
    "validation": (
        "validation", "val", "valid", "validate", "validating", "valset",
        "dev", "eval", "evaluation", "holdout", "heldout",
    ),
}  # fmt: skip
FILLERS = (
    "data", "dataset", "folder", "image", "images", "imgs", "photos",
    "pictures", "seg", "set", "split",
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Folder:
    """Image files by split, with their labels; classes are sorted by name."""

    classes: list[str]
    train: list[tuple[str, int]]  # (path, label)
    test: list[tuple[str, int]]
    validation: list[tuple[str, int]]  # apart from the other two
    reading: str  # how the folder was read, for people


def role(name: str) -> str | None:
    """ "train", "test", "validation" or None: what a folder's name says.

    Example:
        >>> [role(name) for name in ("Training", "test-images", "test_tube")]
        ['train', 'test', None]
    """
    words = re.findall(r"[^\W\d_]+", name.casefold())
    words = [word for word in words if word not in FILLERS] or words
    if len(words) != 1:
        return None
    kinds = {"train": TRAIN, **HELD_OUT}
    return next((k for k, names in kinds.items() if words[0] in names), None)


def list_folder(
    root: str | os.PathLike, held_out: float = 0.2, validation: float = 0.0
) -> Folder:
    """Lists the images of `root/<class>/…` or `root/{train,test}/<class>/…`.

    Where there is no folder to hold out (`test`, else `validation`, `valid`,
    `val`, … in small or capital letters), `held_out` of each class is: every
    fifth image, sorted by name.

    Args:
        root: The folder, or a table of names and labels (.csv), which may
            also lie in the folder: see `label_tables`.
        held_out: Share of each class that is held out if no folder is.
        validation: Share of each class's training images that is set apart,
            if there are not folders for both, such as `valid` and `test`. 0:
            none is.

    Raises:
        UserError: No images, fewer than two classes, an empty class, a file
            that is no image, a class of the held-out folder that is not
            trained on, or a layout that could be read in another way.
    """
    root = Path(root)
    table = _table(root)
    read = _from_table if table else _from_folders
    train, test, apart, reading = read(table or root, held_out, validation)
    classes = sorted(train, key=_in_order if table else None)
    if len(classes) < 2:
        raise UserError(
            f"{root} has one class only ({classes[0]!r}); there must be a "
            "folder for each of at least two classes."
        )
    if validation and not apart:
        train, apart = _of_each(train, set_apart, validation)
        reading += f", one in {round(1 / validation)} of the others to validate"
    label = {name: index for index, name in enumerate(classes)}

    def examples(files):
        return [(str(f), label[n]) for n in classes for f in files.get(n, ())]

    return Folder(
        classes, examples(train), examples(test), examples(apart), reading
    )


def _table(root):
    """The table of names and labels that a data set is, or has.

    Raises:
        UserError: There are folders of classes, too, which say otherwise.
    """
    if root.is_file():
        return root
    table = label_tables.find(root)
    if table is None:
        return None
    folders = [f for f in within.folders(root) if not role(f.name)]
    if sum(1 for f in folders if any(map(within.is_image, f.rglob("*")))) < 2:
        return table
    for files in label_tables.read(table, role).values():
        for name, images in files.items():
            other = [i for i in images if name not in i.parts]
            if other:
                raise UserError(
                    f"{root} has folders of classes, and {table.name}, which "
                    f"says that {other[0]} is {name!r}. To go by the table "
                    f"give --dataset={table}; else move it away."
                )
    return None


def _from_table(table, held_out, validation):
    """(train, test, validation, how they were read) of a table."""
    splits = label_tables.read(table, role)
    unknown = splits.pop("", None)
    train = splits.pop("train", unknown)
    if train is None:
        raise UserError(f"{table} has no images to train on.")
    reading = f"labels from {table.name}"
    test = splits.get("test", splits.get("validation"))
    if test is None:
        train, test = _hold_out(table, train, held_out)
        return train, test, {}, f"{reading}, every fifth of a class held out"
    apart = splits.get("validation", {}) if "test" in splits else {}
    for files in (test, apart):
        if strange := sorted(set(files) - set(train)):
            raise UserError(
                f"{table} has images of {strange[0]!r} held out and none to "
                "train on."
            )
    return train, test, apart if validation else {}, reading


def _in_order(name):
    """Numbers by their size, then words."""
    return (0, int(name), "") if name.isdecimal() else (1, 0, name)


def _from_folders(root, held_out, validation):
    """(train, test, validation, how they were read) of class folders."""
    root = _unwrapped(root)
    splits = _splits(root)
    apart: dict[str, list] = {}
    if "train" not in splits:
        classes = within.classes(root)
        train, test = _hold_out(root, classes, held_out)
        reading = "every fifth image of a class held out"
    elif held := splits.get("test", splits.get("validation")):
        folder, names = splits["train"], []
        train = within.classes(_inner(folder))
        test = _classes_of(held, train, folder)
        if validation and held != (own := splits.get("validation", held)):
            apart, names = _classes_of(own, train, folder), [own]
        reading = f"{folder.name} to train on, {held.name} held out"
        reading += "".join(f", {own.name} to validate on" for own in names)
        read = (folder, held, *names)
        others = [f.name for f in within.folders(root) if f not in read]
        if others:
            reading += f", not read: {', '.join(others)}"
    else:
        raise UserError(
            f"{root} has the folder {splits['train'].name} and none to hold "
            "out beside it, such as valid or test; name one so, or move "
            "everything but the folders of the classes away."
        )
    return train, test, apart, reading


def _classes_of(split, train, folder):
    """{class: files} of a split beside `folder`, whose classes it may have."""
    classes = within.classes(_inner(split))
    strange = sorted(set(classes) - set(train))
    if strange:
        raise UserError(
            f"{split} has the class {strange[0]!r}, which {folder} has not."
        )
    return classes


def set_apart(items: Sequence, share: float) -> tuple[list, list]:
    """(the rest, every so-manyth) of a class's items, in their order.

    Example:
        >>> set_apart("abcdefg", 0.2)
        (['a', 'b', 'c', 'd', 'f', 'g'], ['e'])
    """
    step = round(1 / share)
    rest = [item for i, item in enumerate(items, 1) if i % step]
    return rest, list(items[step - 1 :: step])


def hold_out(items: Sequence, share: float) -> tuple[list, list]:
    """The same, but at least the last one; there must be two or more."""
    rest, held = set_apart(items, share)
    return (rest, held) if held else (rest[:-1], rest[-1:])


def _unwrapped(root):
    """The folder inside where there is nothing but a folder of folders."""
    while len(folders := within.folders(root)) == 1 and within.folders(
        folders[0]
    ):
        if within.images(root):
            break
        (root,) = folders
    return root


def _inner(split):
    """The inner folder of `seg_train/seg_train`, as archives unpack it."""
    while len(inner := within.folders(split)) == 1:
        if role(inner[0].name) != role(split.name):
            break
        (split,) = inner
    return split


def _splits(root):
    """{role: folder} of those below `root` that are splits, not classes.

    Raises:
        UserError: It cannot be told whether they are.
    """
    folders = within.folders(root)
    roles = {}
    for folder in folders:
        if kind := role(folder.name):
            roles.setdefault(kind, []).append(folder)
    for kind, several in roles.items():
        if len(several) > 1 and any(within.folders(f) for f in several):
            names = " and ".join(f.name for f in several)
            raise UserError(
                f"{root} has the folders {names}, which both look like the "
                f"{kind} images; keep one, or put them together."
            )
    named = {kind: several[0] for kind, several in roles.items()}
    train = named.pop("train", None)
    held = list(named.values())
    labelled = {kind: f for kind, f in named.items() if within.folders(f)}
    if train and held:
        if within.folders(train) and labelled:
            return {"train": train, **labelled}
        bare = held[0] if within.folders(train) else train
        raise UserError(
            f"{bare} has no folder for each class, so the class of an image "
            f"in it is not known; {train.name} and {held[0].name} must both "
            "have them."
        )
    if train and within.folders(train):
        return {"train": train} if len(folders) > 1 else {}
    for folder in held:
        if folder.name.casefold() == "valid" and _has(folders, "invalid"):
            continue
        raise UserError(
            f"{folder} looks like images held out, not like a class, and "
            f"{root} has no folder train beside it. Put the folders of the "
            "classes into train, or rename it if it is a class."
        )
    return {}


def _has(folders, name):
    return any(folder.name.casefold() == name for folder in folders)


def _hold_out(root, classes, share):
    for name, files in classes.items():
        if len(files) < 2:
            raise UserError(
                f"{root / name} has one image; at least two are needed, "
                "one to train on and one to hold out."
            )
    return _of_each(classes, hold_out, share)


def _of_each(classes, part, share):
    """({class: the rest}, {class: those apart})"""
    parts = {name: part(files, share) for name, files in classes.items()}
    return (
        {name: rest for name, (rest, _) in parts.items()},
        {name: apart for name, (_, apart) in parts.items()},
    )
