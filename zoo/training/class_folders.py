"""Lists the images of a folder that has a folder for each class."""

from pathlib import Path

from zoo.images._formats import SUFFIXES
from zoo.training.errors import UserError

IMAGE_SUFFIXES = tuple(sorted(sum(SUFFIXES.values(), ())))
# Beside a folder `images` these hold no class, but what belongs to the images.
ANNOTATIONS = ("annotations", "labels", "mask", "masks")
SYSTEM_FILES = ("@eadir", "__macosx", "desktop.ini", "thumbs.db")


def _visible(path):
    return (
        not path.name.startswith(".")
        and path.name.casefold() not in SYSTEM_FILES
    )


def folders(root: Path) -> list[Path]:
    """The folders in a folder, sorted, without those of the system."""
    return sorted(p for p in root.iterdir() if p.is_dir() and _visible(p))


def images(root: Path) -> list[Path]:
    """Image files of a folder itself, without those of folders in it."""
    return [
        p for p in root.iterdir() if p.is_file() and _visible(p) and is_image(p)
    ]


def is_image(path: Path) -> bool:
    """Whether a file's name ends as those of images do."""
    return path.suffix.lower() in IMAGE_SUFFIXES


def classes(root: Path) -> dict[str, list[Path]]:
    """{class: sorted image files} of a folder of class folders.

    Raises:
        UserError: A file is no image, a class is empty, or the folders look
            like something else than classes.
    """
    inside = folders(root)
    if not inside:
        raise UserError(
            f"{root} has no folders; there must be one for each class, with "
            "the images of that class in it."
        )
    if loose := images(root):
        raise UserError(
            f"{loose[0]} lies beside the folders of the classes, so its class "
            "is not known; move it away or into one of them."
        )
    _refuse_other_readings(root, inside)
    found, strange = {}, []
    for folder in inside:
        files = sorted(
            p
            for p in folder.rglob("*")
            if p.is_file() and all(map(_visible, (p, *_parents(p, folder))))
        )
        strange += [p for p in files if not is_image(p)]
        if not files:
            raise UserError(f"{folder} has no images.")
        found[folder.name] = files
    if strange:
        more = f" and {len(strange) - 3} more" if len(strange) > 3 else ""
        raise UserError(
            f"not images: {', '.join(map(str, strange[:3]))}{more}. "
            f"Take them away, or use {', '.join(IMAGE_SUFFIXES)}."
        )
    return found


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
        bare = not images(folder)
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
