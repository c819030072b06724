"""The checkpoints that others publish for our networks: `known.json`."""

import functools
import json
import pathlib
import re
from dataclasses import dataclass, field
from typing import Any

from zoo._choices import did_you_mean

OWN_PACKAGE = "cnn-zoo"


@dataclass(frozen=True)
class Checkpoint:
    """A published checkpoint, as `zoo.info(name).checkpoints` lists it.

    Attributes:
        name: What a builder's `weights` takes: "torchvision/IMAGENET1K_V1".
        theirs: The network's name in that package.
        resize, crop: Pixels of the image's shorter side, then of the square
            cut out of its middle, at test.
        interpolation: "bilinear" or "bicubic", both with antialiasing.
        url: Where the file is, or the ZIP archive that holds it alone; "" if
            it comes in a Python package.
        package: The name of that package, else "".
        license: The publisher's, as SPDX spells it where it is there:
            "apache-2.0", "cc-by-nc-4.0"; "" if not told.
        num_classes: Classes of its classifier; 0 if it has none.
        classes: The name of the set of classes, as `class_names` takes it:
            "imagenet_1k", "imagenet_12k", "cifar_10"; "" if their names are
            not known.
        top1, top5: Accuracy in % with this size and crop, or None: on
            ImageNet's validation set, or the test set of CIFAR-10, CIFAR-100
            or SVHN where the classes are theirs.
        accuracies: (top 1, top 5) in % on other images: "real" (ReaL labels),
            "v2" (ImageNet-V2, matched frequency), "a" (-A), "r" (-R),
            "sketch" (-Sketch). Of -A and -R, 200 classes are told apart.
        accuracy_source: Whose tables have these figures: "timm",
            "torchvision", "keras", "authors", "imgclsmob", "akamaster", "zoo
            reproduce".
        crop_mode: "center" keeps the proportions on resizing; "squash" does
            not.
        mean, std: Mean and standard deviation of each channel, for pixels in
            [0, 1].
        channels: The order of the channels that the file's first kernel
            takes: "rgb", or "bgr", which loading turns into "rgb".
        options: Arguments that make the network in their package.
        checksum: The file's, if its publisher tells: SHA-256, MD5 of 32 digits
            or SHA-1 of 40.
    """

    name: str
    theirs: str
    resize: int
    crop: int
    interpolation: str
    url: str = ""
    package: str = ""
    license: str = ""
    num_classes: int = 1000
    classes: str = "imagenet_1k"
    top1: float | None = None
    top5: float | None = None
    accuracies: dict[str, tuple[float, float]] = field(
        default_factory=dict, hash=False
    )
    accuracy_source: str = ""
    crop_mode: str = "center"
    mean: tuple[float, ...] = (0.485, 0.456, 0.406)
    std: tuple[float, ...] = (0.229, 0.224, 0.225)
    channels: str = "rgb"
    options: dict[str, Any] = field(default_factory=dict, hash=False)
    checksum: str = ""

    def __str__(self):
        if self.top1:
            return f"{self.name} ({self.top1} %)"
        if self.num_classes != 1000:
            return f"{self.name} ({self.num_classes:,} classes)"
        return self.name

    @property
    def on_imagenet(self):
        """Whether `top1` is an accuracy on ImageNet's 1,000 classes."""
        return self.classes == "imagenet_1k"

    @property
    def publisher(self):
        """What its name begins with: "torchvision", "timm", "package"."""
        return self.name.partition("/")[0]

    @property
    def tag(self):
        """What follows in its name, or ""."""
        return self.name.partition("/")[2]

    @property
    def source(self):
        """Whose names its tensors have; "zoo" of our own files."""
        if self.publisher != "package":
            return self.publisher
        own = self.package == OWN_PACKAGE
        return "zoo" if own else "efficientnet_pytorch"

    @property
    def file(self):
        """The name of the file in the cache."""
        file = self.url.rpartition("/")[2].removesuffix(".zip")
        if self.source == "timm":  # all are called model.safetensors
            suffix = pathlib.PurePath(file).suffix
            file = f"{self.theirs}.{self.tag}{suffix}"
        return file

    @property
    def sha256(self):
        """The file's SHA-256, or its beginning where the file's name has it."""
        match = re.search(r"-([0-9a-f]{8,64})\.p?th$", self.url)
        found = match[1] if match else self.checksum
        return found if len(found) not in (32, 40) else ""

    @property
    def digest(self):
        """What the checksum begins with: SHA-256, or all of MD5 or SHA-1."""
        return self.sha256 or self.checksum


@functools.cache
def _table():
    text = (pathlib.Path(__file__).parent / "known.json").read_text()
    return {
        builder: tuple(Checkpoint(**_frozen(entry)) for entry in entries)
        for builder, entries in json.loads(text).items()
    }


def _frozen(entry: dict[str, Any]) -> dict[str, Any]:
    """The same with tuples for lists, within `accuracies` too."""
    frozen: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in entry.items()
    }
    if "accuracies" in entry:
        frozen["accuracies"] = _frozen(entry["accuracies"])
    return frozen


def builders() -> list[str]:
    """The builders that have a checkpoint."""
    return list(_table())


def of(builder: str) -> tuple[Checkpoint, ...]:
    """The checkpoints of one builder; of each source, the default first."""
    return _table().get(builder, ())


def find(builder: str, name: str | None = None) -> Checkpoint:
    """The checkpoint that `name`, "source" or "source/tag", stands for.

    Args:
        builder: The name of a builder.
        name: The name of the checkpoint. None: the builder's first.

    Raises:
        ValueError: There is none. The message names those that there are, and
            the builder whose it is if it is another's.
    """
    for checkpoint in of(builder):
        if name in (None, checkpoint.name, checkpoint.publisher):
            return checkpoint
    source = (name or "").partition("/")[0]
    others = [
        other
        for other, entries in _table().items()
        for entry in entries
        if other != builder
        and entry.publisher == source
        and _letters(entry.theirs) == _letters(builder)
    ]
    if others:
        raise ValueError(
            f"weights={name!r}: {source}'s {builder} is another variant, "
            f"zoo.{others[0]}."
        )
    if not of(builder):
        raise ValueError(
            f"There is no checkpoint for {builder}: none is published. "
            "`zoo list --weights` names the models that have one."
        )
    names = [c.name for c in of(builder)]
    sources = [c.publisher for c in of(builder)]
    raise ValueError(
        f"There is no checkpoint {name!r} for {builder}; there are: "
        f"{', '.join(map(repr, names))}.{did_you_mean(name, names + sources)}"
    )


def _letters(name):
    """Without case, punctuation and the data set: what names have alike."""
    name = re.sub(r"_(cifar100?|svhn)$", "", name.lower())
    return re.sub(r"[^a-z0-9]", "", name)


def as_ours(name: str) -> str:
    """A sentence that says in our words what another package's name means.

    It begins with a space; "" where no package has the name: timm's
    "resnet50.a1_in1k", torchvision's "ResNet50_Weights.IMAGENET1K_V2".
    """
    theirs, _, tag = name.removeprefix("timm/").partition(".")
    for builder, entries in _table().items():
        for entry in entries:
            same = entry.theirs.lower() == theirs.removesuffix(
                "_Weights"
            ).lower() and tag in ("", entry.tag)
            if same and (tag or builder != theirs):
                return f" zoo.create({builder!r}, weights={entry.name!r})?"
    return ""


def meant(builder: str, weights: object) -> str:
    """A sentence that names the checkpoint that other words stand for, or "".

    Other packages say "imagenet", "DEFAULT", True, or a tag without its source.
    """
    known = of(builder)
    if not known:
        return f" Nothing is published for {builder}."
    if checkpoint := _tagged(builder, weights):
        return f" Did you mean {checkpoint.name!r}?"
    firsts: dict[str, Checkpoint] = {}
    for checkpoint in known:
        firsts.setdefault(checkpoint.publisher, checkpoint)
    sources = ", ".join(f"{s!r} for {c}" for s, c in firsts.items())
    return f" Say whose: {sources}."


def is_tag(builder: str, weights: object) -> bool:
    """Whether it is a checkpoint's tag without its source."""
    return _tagged(builder, weights) is not None


def _tagged(builder, weights):
    """The first checkpoint with that tag, however it is cased, or None."""
    tag = str(weights).rpartition(".")[2].lower()
    return next((c for c in of(builder) if c.tag.lower() == tag), None)


def owner(file: str) -> tuple[str, Checkpoint] | None:
    """(builder, checkpoint) of a published file's name, or None."""
    for builder, entries in _table().items():
        for entry in entries:
            if entry.file == file:
                return builder, entry
    return None
