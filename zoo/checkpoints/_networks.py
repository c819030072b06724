"""Tells whose network a file holds where the names of its tensors cannot.

Some networks of timm have the tensors of others and compute something else:
they pad or pool otherwise. What lies around a file tells: Hugging Face's
config.json beside it, the folder of its cache, or the file's own name.
"""

import functools
import pathlib
import re

from zoo import _json
from zoo.checkpoints import _known

HUB = "models--timm--"  # begins a folder of Hugging Face's cache
# timm's networks that have the tensors of networks of ours, but are none of
# them: what they do otherwise.
OTHERS = {
    r"tf_(efficientnet\w+|mobilenetv3_\w+)|efficientnet_lite\d": (
        "pads the images of strided convolutions otherwise"
    ),
    r"resnetblur\d+d|(se)?resnetaa\d+d?": "halves its maps by a filter",
}


def network(path) -> str | None:
    """timm's name of the network in a file, where something tells it."""
    path = pathlib.Path(path)
    try:
        config = _json.parse((path.parent / "config.json").read_text())
        name = config.get("architecture")
        if isinstance(name, str):
            return name
    except (OSError, ValueError, AttributeError):
        pass
    hints = list(_hints(path))
    for known in (_owners, _other):
        for name in hints:
            if known(name):
                return name
    return None


def _hints(path):
    """Names that the path may tell, without what is only alike."""
    for folder in path.parents:
        if folder.name.startswith(HUB):
            yield folder.name.removeprefix(HUB).partition(".")[0]
    for part in (path.parent.name, path.name):
        name, dot, tag = part.partition(".")
        if dot and "." + tag != path.suffix:  # resnet50.a1_in1k
            yield name
    match = re.fullmatch(r"(\w+)-[0-9a-f]{8}\.pth", path.name)
    words = match[1].split("_") if match else []
    for n in range(len(words), 0, -1):  # resnet50_a1_0-14fe96d1.pth
        yield "_".join(words[:n])


def check(builder: str, path) -> None:
    """Refuses a file of another network than the builder's.

    Raises:
        ValueError: Something tells that it is; the message names the network,
            and its builder if there is one.
    """
    name = network(path)
    if name is not None:
        refuse_another(builder, name, path)


def refuse_another(builder: str, name: str, what: object) -> None:
    """Refuses timm's network of that name where it is not the builder's.

    Args:
        builder: The name of a builder.
        name: The network's name in timm.
        what: What is of that network, for the message.

    Raises:
        ValueError: As `check` does.
    """
    if reason := _other(name):
        raise ValueError(
            f"{what} is of timm's {name}, whose tensors may fit zoo.{builder}, "
            f"but which {reason}: its answers would be wrong. There is no "
            "builder of it."
        )
    owners = _owners(name)
    if owners and builder in _known.builders() and builder not in owners:
        raise ValueError(
            f"{what} is of timm's {name}, which is zoo.{owners[0]}, not "
            f"zoo.{builder}."
        )


def check_timm_has(builder: str) -> None:
    """Refuses timm's tensors where timm pads no such network that way.

    Raises:
        ValueError: The builder pads as TensorFlow does, and timm has only the
            network that pads both sides alike.
    """
    if builder.startswith("tf_") and not _theirs(builder):
        raise ValueError(
            f"timm has no network that pads as zoo.{builder} does: its answers "
            f"would be wrong. Build zoo.{builder.removeprefix('tf_')}."
        )


def doubt(builder: str) -> str:
    """What a user is told of timm's tensors that may be of two networks.

    timm has some networks twice, padded both sides alike and, as tf_…, as
    TensorFlow pads; nothing in their tensors tells which. "" where there is
    but one.
    """
    twin = builder.removeprefix("tf_")
    twin = f"tf_{builder}" if twin == builder else twin
    own, other = (_theirs(name) for name in (builder, twin))
    if not own or not other:
        return ""
    return (
        f"takes the tensors for those of timm's {own}; those of its {other}, "
        "which pads otherwise, have the same names and shapes: if they are "
        f"these, build zoo.{twin}. zoo.load_checkpoint(…, network={own!r}) "
        "says which they are, and this line is gone."
    )


def _theirs(builder):
    """timm's name of the builder's network, or None."""
    found = [c.theirs for c in _known.of(builder) if c.source == "timm"]
    return found[0] if found else None


def _other(name):
    """What one of `OTHERS` does otherwise, else None."""
    if _owners(name):
        return None
    for pattern, reason in OTHERS.items():
        if re.fullmatch(pattern, name):
            return reason
    return None


@functools.cache
def _owners(name):
    """The builders of timm's network of that name."""
    return [
        builder
        for builder in _known.builders()
        if any(
            c.theirs == name and c.source == "timm" for c in _known.of(builder)
        )
    ]
