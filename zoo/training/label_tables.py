"""Reads a table of file names and labels (.csv) as images of classes."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

from zoo.training import class_folders
from zoo.training.errors import UserError

SUFFIX = ".csv"
# Names of columns, in small letters and without what is not a letter.
FILES = (
    "file", "filename", "filepath", "path", "image", "imagefile", "imageid",
    "imagename", "imagepath", "img", "imgname", "name", "id", "photo",
)  # fmt: skip
LABELS = (
    "label", "labels", "class", "classname", "category", "target", "y",
    "species", "breed", "classlabel", "classid", "labelname",
)  # fmt: skip
SPLITS = ("split", "set", "subset", "fold", "partition", "dataset")
Files = dict[str, list[Path]]


def find(folder: Path) -> Path | None:
    """The one table of names and labels that lies in a folder, or None.

    Raises:
        UserError: There are several.
    """
    tables = [
        path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() == SUFFIX
        and path.is_file()
        and _columns(_rows(path)[:1]) is not None
    ]
    if len(tables) > 1:
        names = " and ".join(path.name for path in tables[:2])
        raise UserError(
            f"{folder} has the tables {names}; give one of them as the data "
            "set, as in --dataset=" + str(tables[0])
        )
    return tables[0] if tables else None


def read(path: Path, role: Callable[[str], str | None]) -> dict[str, Files]:
    """{split: {class: files}} of a table; the split "" where it has none.

    Its columns are found by their names in the first row, such as `file` and
    `label`, and `split` where there is one. A table of two columns without
    such names has the file first. File names are relative to the table, or to
    a folder beside it, and may lack their ending.

    Args:
        path: The table.
        role: "train", "test" or "validation" of a word, else None.

    Raises:
        UserError: The columns cannot be told, a file is missing or has two
            labels, or a word of the column `split` is not known.
    """
    rows = _rows(path)
    columns = _columns(rows[:1])
    if columns is None and rows and len(rows[0]) == 2:
        columns, body = (0, 1, None), rows
    elif columns is None:
        raise UserError(
            f"{path}: which columns hold file names and labels cannot be told "
            f"from its first row ({', '.join(rows[0]) if rows else 'empty'}); "
            "call them file and label."
        )
    else:
        body = rows[1:]
    file, label, split = columns
    need = max(i for i in columns if i is not None)
    places = _Places(path.parent)
    found: dict[str, Files] = {}
    labels: dict[Path, str] = {}
    for number, row in enumerate(body, 1 + len(rows) - len(body)):
        if len(row) <= need or not row[label].strip():
            raise UserError(f"{path}, line {number}: there is no label.")
        image, name = places.find(row[file].strip()), row[label].strip()
        if image is None:
            raise UserError(
                f"{path}, line {number}: there is no image {row[file]!r} in "
                f"{path.parent} or a folder in it."
            )
        if labels.setdefault(image, name) != name:
            raise UserError(
                f"{path}, line {number}: {row[file]!r} has the label {name!r} "
                f"here and {labels[image]!r} before."
            )
        part = ""
        if split is not None:
            part = role(row[split]) or ""
            if not part:
                raise UserError(
                    f"{path}, line {number}: {row[split]!r} is no split; use "
                    "train, validation and test."
                )
        found.setdefault(part, {}).setdefault(name, []).append(image)
    if not found:
        raise UserError(f"{path} names no images.")
    return {s: _sorted(files) for s, files in found.items()}


class _Places:
    """Finds files by their names in a folder and those in it."""

    def __init__(self, root):
        self._root, self._known = root, None

    def find(self, name):
        path = self._root / name
        if path.is_file():
            return path
        if self._known is None:
            self._known = self._index()
        found = self._known.get(Path(name).as_posix(), ())
        return next(iter(found)) if len(found) == 1 else None

    def _index(self):
        known: dict[str, set] = {}
        for path in self._root.rglob("*"):
            if not class_folders.is_image(path):
                continue
            parts = path.relative_to(self._root).parts
            for start in range(len(parts)):
                tail = Path(*parts[start:])
                for name in (tail, tail.with_suffix("")):
                    known.setdefault(name.as_posix(), set()).add(path)
        return known


def _sorted(files: Files) -> Files:
    return {name: sorted(set(paths)) for name, paths in files.items()}


def _rows(path):
    try:
        with open(path, newline="", encoding="utf-8-sig") as file:
            sample = file.read(4096)
            file.seek(0)
            comma = max(
                ",;\t", key=lambda c: sample.partition("\n")[0].count(c)
            )
            return [row for row in csv.reader(file, delimiter=comma) if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UserError(f"{path} cannot be read: {error}") from error


def _columns(first) -> tuple[int, int, int | None] | None:
    """Which columns hold files, labels and splits, by a row of their names."""
    names = [_plain(name) for name in (first[0] if first else ())]
    file, label, split = (
        _only(names, known) for known in (FILES, LABELS, SPLITS)
    )
    return None if file is None or label is None else (file, label, split)


def _plain(name):
    return "".join(c for c in name.casefold() if c.isalpha())


def _only(names, known: Iterable[str]) -> int | None:
    """The place of the first known name that one column alone has."""
    for name in known:
        if names.count(name) == 1:
            return names.index(name)
    return None
