"""The names of ImageNet's classes."""

import pathlib

FILE = pathlib.Path(__file__).with_name("imagenet_classes.txt")


def class_names() -> list[str]:
    """The names of ImageNet's 1,000 classes, as torchvision spells them.

    Example:
        >>> class_names()[985]
        'daisy'
    """
    return FILE.read_text(encoding="utf-8").splitlines()
