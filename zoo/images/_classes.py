"""The names of the classes of ImageNet, CIFAR and SVHN."""

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


CIFAR_100 = FILE.with_name("cifar_100_classes.txt")
SMALL = {
    "cifar_10": [
        "airplane", "automobile", "bird", "cat", "deer", "dog", "frog",
        "horse", "ship", "truck",
    ],
    "svhn": list("0123456789"),
}  # fmt: skip


def class_names(classes: str = "imagenet_1k") -> list[str]:
    """The names of ImageNet's 1,000 classes, as torchvision spells them.

    Args:
        classes: Another set, whose classes have WordNet's words:
            "imagenet_12k" (11,821 classes, timm's choice), "imagenet_21k_miil"
            (11,221, Alibaba's), "imagenet_22k" (all 21,841) or
            "imagenet_21k_goog" (Google's 21,843); or those of another data
            set: "cifar_10", "cifar_100" or "svhn".

    Example:
        >>> class_names()[985]
        'daisy'
        >>> class_names("imagenet_22k")[0]
        'organism, being'
    """
    files = {"imagenet_1k": FILE, "cifar_100": CIFAR_100}
    one_of("classes", classes, (*files, *LARGE, *SMALL))
    if classes in files:
        return files[classes].read_text(encoding="utf-8").splitlines()
    if classes in SMALL:
        return SMALL[classes][:]
    return [words for _, sets, words in _synsets() if LARGE[classes] in sets]


@functools.cache
def _synsets():
    lines = SYNSETS.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]
