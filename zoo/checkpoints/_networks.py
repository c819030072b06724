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
    if name is None:
        return
    if reason := _other(name):
        raise ValueError(
            f"{path} is of timm's {name}, whose tensors may fit zoo.{builder}, "
            f"but which {reason}: its answers would be wrong. There is no "
            "builder of it."
        )
    owners = _owners(name)
    if owners and builder in _known.builders() and builder not in owners:
        raise ValueError(
            f"{path} is of timm's {name}, which is zoo.{owners[0]}, not "
            f"zoo.{builder}."
        )


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
