"""The names of ImageNet's classes."""

import functools
import pathlib

from zoo._choices import one_of

FILE = pathlib.Path(__file__).with_name("imagenet_classes.txt")
# Written by tests/parity/make_classes.py.
SYNSETS = pathlib.Path(__file__).with_name("imagenet_synsets.txt")
# Sets in the order of their synsets' numbers, and their letter in that file.
LARGE = {
    "imagenet_12k": "t",
    "imagenet_21k_goog": "g",
    "imagenet_21k_miil": "m",
    "imagenet_22k": "f",
}


def class_names(classes: str = "imagenet_1k") -> list[str]:
    """The names of ImageNet's 1,000 classes, as torchvision spells them.

    Args:
        classes: Another set, whose classes have WordNet's words:
            "imagenet_12k" (11,821 classes, timm's choice), "imagenet_21k_miil"
            (11,221, Alibaba's), "imagenet_22k" (all 21,841) or
            "imagenet_21k_goog" (Google's 21,843).

    Example:
        >>> class_names()[985]
        'daisy'
        >>> class_names("imagenet_22k")[0]
        'organism, being'
    """
    one_of("classes", classes, ("imagenet_1k", *LARGE))
    if classes == "imagenet_1k":
        return FILE.read_text(encoding="utf-8").splitlines()
    return [words for _, sets, words in _synsets() if LARGE[classes] in sets]


@functools.cache
def _synsets():
    lines = SYNSETS.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]
