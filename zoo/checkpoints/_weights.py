"""What a builder's `weights=` stands for."""

import os
from typing import NamedTuple

from zoo.checkpoints import (
    _applications,
    _download,
    _files,
    _h5,
    _hub,
    _known,
    _load,
    _networks,
    _own,
    _package,
    _zipped,
)

OWN = ".weights.h5"
# What other packages call their first checkpoint.
FOREIGN = ("imagenet", "imagenet1k", "DEFAULT", "default", "pretrained", True)
PUBLISHED = (
    "torchvision", "timm", "keras", "authors", "imgclsmob", "akamaster",
    "package",
)  # fmt: skip


class Weights(NamedTuple):
    """A file that is there, and whose it is."""

    path: str
    checkpoint: _known.Checkpoint | None = None  # if it is a published one

    @property
    def num_classes(self):
        """Classes of a published checkpoint; None of another file."""
        return self.checkpoint and self.checkpoint.num_classes

    def tensors(self):
        """{tensor name: array} of the file."""
        if self.checkpoint and self.checkpoint.source == "keras":
            return _applications.read(self.path, self.checkpoint)
        return _files.read(self.path)

    def source(self, model, tensors):
        """Whose names the tensors have."""
        if self.checkpoint:
            return self.checkpoint.source
        return _load.guess_source(model, tensors)

    def load(self, model, include_top, num_classes):
        """Fills the model.

        A published checkpoint leaves the classifier of another number of
        classes as it is; a file of the user's must fit.
        """
        if self.path.endswith(OWN):
            _h5.check(self.path)
            model.load_weights(self.path)
            return
        tensors = self.tensors()
        other = self.num_classes not in (None, num_classes)
        if _own.load(model, tensors, not include_top or other):
            return
        _load.load_checkpoint(
            model,
            tensors,
            source=self.source(model, tensors),
            skip_classifier=not include_top or other,
            network=self.network,
        )

    @property
    def network(self):
        """Its name in the other package, where something tells it."""
        if self.checkpoint:
            return self.checkpoint.theirs
        return _networks.network(self.path)


def resolve(builder, weights):
    """The `Weights` for a builder's argument, downloaded if need be.

    Raises:
        ValueError: It is no file and no checkpoint of the builder's.
        DownloadError: The file is not there and cannot be downloaded.
    """
    if weights is None:
        return None
    if isinstance(weights, os.PathLike):
        weights = os.fspath(weights)
    if isinstance(weights, str):
        if weights.startswith(_hub.PREFIXES):
            return _file(builder, _hub.fetch(weights))
        if weights.endswith(tuple(_files.READERS)):
            return _file(builder, weights)
        if weights.partition("/")[0] in PUBLISHED:
            checkpoint = _known.find(builder, weights)
            return Weights(str(locate(checkpoint)), checkpoint)
        if os.path.isfile(weights):  # its content tells what it is
            return _file(builder, weights)
    meant = ""
    if weights in FOREIGN or _known.is_tag(builder, weights):
        meant = _known.meant(builder, weights)
    raise ValueError(
        "weights must be None, "
        f"{', '.join(map(repr, PUBLISHED[:-1]))} or {PUBLISHED[-1]!r}, "
        "with or without a tag as in 'torchvision/IMAGENET1K_V1', "
        f"or the path of a file that ends in {OWN} (from model.save_weights), "
        f"{', '.join(_files.READERS)}; received {weights!r}. Published for "
        f"{builder}: {', '.join(c.name for c in _known.of(builder)) or 'none'}."
        f"{meant}"
    )


def locate(checkpoint):
    """The path of a published checkpoint's file, fetched if need be.

    Warns where nothing in this package tells its checksum.
    """
    if checkpoint.name.startswith("package"):
        return _package.find(checkpoint)
    zipped = checkpoint.url.endswith(".zip")
    fetch = _zipped.fetch if zipped else _download.fetch
    path = fetch(checkpoint.url, checkpoint.file, checkpoint.digest)
    _download.warn_if_unknown(path, checkpoint.digest)
    return path


def _file(builder, path):
    if not os.path.isfile(path):
        raise ValueError(f"weights={path!r}: there is no such file.")
    known = _known.owner(os.path.basename(path))
    if known and known[0] != builder:
        raise ValueError(
            f"weights={path!r}: that file is {known[1].source}'s "
            f"{known[1].theirs}, which is zoo.{known[0]}, not zoo.{builder}."
        )
    _networks.check(builder, path)
    is_keras = known and known[1].source == "keras"
    return Weights(path, known[1] if is_keras else None)
