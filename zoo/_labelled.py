"""Labelled images to evaluate on: which of a data set, and of which classes."""

import dataclasses
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from zoo._targets import SAVED_MODEL, Target
from zoo.training import layouts, run_directory, sources

SPLITS = ("auto", "held_out", "all", "train", "validation")
BY_FIFTHS = "of a class held out"  # as `layouts` words that it chose itself


@dataclasses.dataclass(frozen=True)
class Labelled:
    """Images and labels, before they are decoded or asked about.

    Attributes:
        name: The data set's name.
        split: Which of its images, for people.
        classes: The names of its classes, by label.
        examples: (file, label) of each image; None where `raw` has them.
        raw: tf.data.Datasets of (uint8 image, label), one after the other.
        validation: `examples` or `raw` of the images that a temperature may
            be fitted on; None without.
        own: Whether the model was trained on the same set.
    """

    name: str
    split: str
    classes: list[str]
    examples: list[tuple[str, int]] | None = None
    raw: Any = None
    validation: Any = None
    own: bool = False


@dataclasses.dataclass(frozen=True)
class Wanted:
    """Which images are asked for, checked without TensorFlow.

    Attributes:
        source: The `sources.Source`.
        split: One of `SPLITS`.
        own: Whether it is the set that the run was trained on.
        validation: The share that the training set apart to validate on.
        data_dir: Directory of TFDS's prepared sets.
    """

    source: sources.Source
    split: str
    own: bool
    validation: float
    data_dir: str | None


def wanted(
    target: Target | None,
    dataset: str | os.PathLike | None,
    split: str = "auto",
    data_dir: str | None = None,
) -> Wanted:
    """Finds the data set.

    Args:
        target: What is evaluated; None: a model in memory.
        dataset: As `--dataset` of a training. None: the run's own.
        split: One of `SPLITS`.
        data_dir: Directory of TFDS's prepared sets.

    Raises:
        ValueError: There is no such set, or none is given for a model that
            lies in no run.
    """
    run = target.run if target else None
    flags = _flags(run)
    data_dir = data_dir or flags.get("data_dir")
    own = flags.get("dataset")
    if dataset is None and own is None:
        given = target.given if target else "the model"
        raise ValueError(
            f"{given} does not tell what images to evaluate it on; give "
            "--dataset=FOLDER, with one folder of images for each class, or "
            "the name of a data set."
        )
    name = str(own) if dataset is None else os.fspath(dataset)
    source = sources.find(name, data_dir, command="zoo train")
    is_own = own is not None and _same(name, own)
    share = flags.get("validation_share") or 0.0
    return Wanted(source, split, is_own, share if is_own else 0.0, data_dir)


def _flags(run):
    if run is None:
        return {}
    flags = run_directory.RunDirectory(run).read_config().get("flags")
    return flags if isinstance(flags, dict) else {}


def _same(one, other):
    if one == other:
        return True
    paths = [Path(each).expanduser() for each in (one, other)]
    return all(map(Path.exists, paths)) and paths[0].samefile(paths[1])


def default_directory(target: Target, wanted: Wanted) -> Path:
    """Where an evaluation is written unless a user says otherwise.

    A run's own directory has that of its network on its held-out images, and
    nothing else takes its place.
    """
    split = "" if wanted.split == "auto" else f"_{wanted.split}"
    plain = wanted.split in ("auto", "held_out")
    name = f"{wanted.source.name.replace('/', '_')}{split}"
    if target.run is None:
        return Path("evaluations") / f"{target.name}_{name}"
    if target.kind == SAVED_MODEL:
        return target.run / "evaluations" / f"saved_model_{name}"
    if wanted.own and plain:
        return target.run
    return target.run / "evaluations" / name


def read(wanted: Wanted) -> Labelled:
    """The images of the split.

    Raises:
        ValueError: The set is broken, or has no such images.
    """
    if wanted.source.kind == "folder" and wanted.source.path:
        return _folder(wanted)
    from zoo.training import reading

    raw = reading.read(wanted.source, wanted.data_dir, wanted.validation)
    apart = [] if raw.validation is None else [raw.validation]
    parts = {
        "held_out": [raw.test],
        "train": [raw.train],
        "validation": apart,
        "all": [raw.train, *apart, raw.test],
    }
    split = "held_out" if wanted.split == "auto" else wanted.split
    chosen = parts[split]
    if not chosen:
        raise ValueError(f"{raw.name} has no {split} images.")
    return Labelled(
        raw.name,
        _words(split, wanted.own),
        raw.classes,
        raw=chosen,
        validation=apart if split == "held_out" else None,
        own=wanted.own,
    )


def _folder(wanted):
    listed = layouts.list_folder(
        wanted.source.path, validation=wanted.validation
    )
    apart = listed.validation
    parts = {
        "held_out": listed.test,
        "train": listed.train,
        "validation": apart,
        "all": sorted(listed.train + apart + listed.test),
    }
    split, told = wanted.split, listed.reading
    if split == "auto":
        whole = BY_FIFTHS in told and not wanted.own
        split = "all" if whole else "held_out"
    words = _words(split, wanted.own)
    if split == "held_out":
        words += f" ({told})"
    if not parts[split]:
        raise ValueError(f"{wanted.source.path} has no {split} images.")
    return Labelled(
        wanted.source.name,
        words,
        listed.classes,
        examples=parts[split],
        validation=(apart or None) if split == "held_out" else None,
        own=wanted.own,
    )


def _words(split, own):
    return {
        "held_out": "held-out images",
        "all": "all images",
        "train": "images to train on",
        "validation": "validation images",
    }[split] + (" of the run" if own else "")


def match(
    theirs: Sequence[str], ours: Sequence[str] | None, count: int
) -> np.ndarray:
    """The model's number of each class of a data set.

    Args:
        theirs: The names of the set's classes.
        ours: The names of the model's classes; None: not known, and the
            set's are taken to be the model's, in their order.
        count: How many classes the model has.

    Raises:
        ValueError: The model does not have a class of the set.
    """
    if ours is None:
        if len(theirs) != count:
            raise ValueError(
                f"the model has {count} classes, without names; the data set "
                f"has {len(theirs)}: {_some(theirs)}. --class_names=FILE "
                "names the model's."
            )
        return np.arange(count)
    known = {_plain(name): i for i, name in enumerate(ours)}
    unknown = [name for name in theirs if _plain(name) not in known]
    if unknown:
        raise ValueError(
            f"the data set has the class {unknown[0]!r}, which the model has "
            f"not; the model's are {_some(ours)}. Name the folders so, or give "
            "the model's names by --class_names=FILE."
        )
    return np.array([known[_plain(name)] for name in theirs])


def _plain(name):
    """A name without what folders' names and classes' names differ by."""
    return " ".join(str(name).casefold().replace("_", " ").split())


def _some(names, most=10):
    more = f", … ({len(names)} in all)" if len(names) > most else ""
    return ", ".join(map(str, names[:most])) + more
