"""Finds out which images of a folder are to train on, and of which class.

The folders that people have: one for each class, or folders such as `train`
and `valid` that have one for each class. A folder that could be read in two
ways is refused, for a wrong reading trains as well as a right one.
"""

import dataclasses
import os
import re
from pathlib import Path

from zoo.images._formats import SUFFIXES
from zoo.training.errors import UserError

IMAGE_SUFFIXES = tuple(sorted(sum(SUFFIXES.values(), ())))
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
# Beside a folder `images` these hold no class, but what belongs to the images.
ANNOTATIONS = ("annotations", "labels", "mask", "masks")
SYSTEM_FILES = ("@eadir", "__macosx", "desktop.ini", "thumbs.db")


@dataclasses.dataclass(frozen=True)
class Folder:
    """Image files by split, with their labels; classes are sorted by name."""

    classes: list[str]
    train: list[tuple[str, int]]  # (path, label)
    test: list[tuple[str, int]]
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


def list_folder(root: str | os.PathLike, held_out: float = 0.2) -> Folder:
    """Lists the images of `root/<class>/…` or `root/{train,test}/<class>/…`.

    Where there is no folder to hold out (`test`, else `validation`, `valid`,
    `val`, … in small or capital letters), `held_out` of each class is: every
    fifth image, sorted by name.

    Raises:
        UserError: No images, fewer than two classes, an empty class, a file
            that is no image, a class of the held-out folder that is not
            trained on, or a layout that could be read in another way.
    """
    root = _unwrapped(Path(root))
    splits = _splits(root)
    if "train" not in splits:
        classes = _classes(root)
        train, apart = _hold_out(root, classes, held_out)
        reading = "every fifth image of a class held out"
    elif held := splits.get("test", splits.get("validation")):
        folder = splits["train"]
        train, apart = _classes(_inner(folder)), _classes(_inner(held))
        strange = sorted(set(apart) - set(train))
        if strange:
            raise UserError(
                f"{held} has the class {strange[0]!r}, which {folder} has not."
            )
        reading = f"{folder.name} to train on, {held.name} held out"
        others = [f.name for f in _folders(root) if f not in (folder, held)]
        if others:
            reading += f", not read: {', '.join(others)}"
    else:
        raise UserError(
            f"{root} has the folder {splits['train'].name} and none to hold "
            "out beside it, such as valid or test; name one so, or move "
            "everything but the folders of the classes away."
        )
    classes = sorted(train)
    if len(classes) < 2:
        raise UserError(
            f"{root} has one class only ({classes[0]!r}); there must be a "
            "folder for each of at least two classes."
        )
    label = {name: index for index, name in enumerate(classes)}

    def examples(files):
        return [(str(f), label[n]) for n in classes for f in files.get(n, ())]

    return Folder(classes, examples(train), examples(apart), reading)


def _unwrapped(root):
    """The folder inside where there is nothing but a folder of folders."""
    while len(folders := _folders(root)) == 1 and _folders(folders[0]):
        if _images(root):
            break
        (root,) = folders
    return root


def _inner(split):
    """Of `seg_train/seg_train`, as archives unpack, the inner folder."""
    while len(inner := _folders(split)) == 1:
        if role(inner[0].name) != role(split.name):
            break
        (split,) = inner
    return split


def _splits(root):
    """{role: folder} of those below `root` that are splits, not classes.

    Raises:
        UserError: It cannot be told whether they are.
    """
    folders = _folders(root)
    roles = {}
    for folder in folders:
        if kind := role(folder.name):
            roles.setdefault(kind, []).append(folder)
    for kind, several in roles.items():
        if len(several) > 1 and any(_folders(f) for f in several):
            names = " and ".join(f.name for f in several)
            raise UserError(
                f"{root} has the folders {names}, which both look like the "
                f"{kind} images; keep one, or put them together."
            )
    named = {kind: several[0] for kind, several in roles.items()}
    train = named.pop("train", None)
    held = list(named.values())
    labelled = {kind: f for kind, f in named.items() if _folders(f)}
    if train and held:
        if _folders(train) and labelled:
            return {"train": train, **labelled}
        bare = held[0] if _folders(train) else train
        raise UserError(
            f"{bare} has no folder for each class, so the class of an image "
            f"in it is not known; {train.name} and {held[0].name} must both "
            "have them."
        )
    if train and _folders(train):
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
    step = round(1 / share)
    train, apart = {}, {}
    for name, files in classes.items():
        if len(files) < 2:
            raise UserError(
                f"{root / name} has one image; at least two are needed, "
                "one to train on and one to hold out."
            )
        chosen = files[step - 1 :: step] or files[-1:]
        apart[name] = chosen
        train[name] = [file for file in files if file not in set(chosen)]
    return train, apart


def _visible(path):
    return (
        not path.name.startswith(".")
        and path.name.casefold() not in SYSTEM_FILES
    )


def _folders(root):
    return sorted(p for p in root.iterdir() if p.is_dir() and _visible(p))


def _images(root):
    """Image files of a folder itself, without those of folders in it."""
    return [
        p
        for p in root.iterdir()
        if p.is_file() and _visible(p) and _is_image(p)
    ]


def _is_image(path):
    return path.suffix.lower() in IMAGE_SUFFIXES


def _classes(root):
    """{class: sorted image files} of a folder of class folders."""
    folders = _folders(root)
    if not folders:
        raise UserError(
            f"{root} has no folders; there must be one for each class, with "
            "the images of that class in it."
        )
    if loose := _images(root):
        raise UserError(
            f"{loose[0]} lies beside the folders of the classes, so its class "
            "is not known; move it away or into one of them."
        )
    _refuse_other_readings(root, folders)
    classes, strange = {}, []
    for folder in folders:
        files = sorted(
            p
            for p in folder.rglob("*")
            if p.is_file() and all(map(_visible, (p, *_parents(p, folder))))
        )
        strange += [p for p in files if not _is_image(p)]
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


def _parents(path, root):
    return [parent for parent in path.parents if root in parent.parents]


def _refuse_other_readings(root, folders):
    names = {folder.name.casefold() for folder in folders}
    kinds = names & {"images", "imgs", "img"}, names & set(ANNOTATIONS)
    if all(kinds):
        both = " and ".join(kind.pop() for kind in kinds)
        raise UserError(
            f"{root} has the folders {both}, which are not classes of images."
        )
    seen = {}
    for folder in folders:
        inner = {
            p.name.casefold()
            for p in folder.rglob("*")
            if p.is_dir() and _visible(p)
        }
        bare = not _images(folder)
        for name in sorted(inner):
            other, other_bare = seen.setdefault(name, (folder, bare))
            if other != folder and (bare or other_bare):
                raise UserError(
                    f"{other.name} and {folder.name} in {root} both have a "
                    f"folder {name}: they look like parts of a data set, not "
                    "like classes. Call them train and valid, give one of "
                    "them as the data set, or move the images out of "
                    f"{name} if they are classes."
                )
