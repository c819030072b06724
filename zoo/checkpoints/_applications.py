"""Reads a file that keras.applications publishes, as Keras itself does.

The names in these files are of several versions of Keras; what counts there is
their order. So the network of keras.applications is built and filled, and its
tensors are named as if it had been built first in the process.
"""

import re

import numpy as np

from zoo.checkpoints import _h5
from zoo.checkpoints._known import Checkpoint

NUMBERED = re.compile(r"(conv2d|batch_normalization)(?:_(\d+))?")


def read(path: str, checkpoint: Checkpoint) -> dict[str, np.ndarray]:
    """{tensor name: array} of the file, for images in RGB.

    Raises:
        ValueError: The file is damaged, or another network's.
    """
    import keras

    _h5.check(path)
    build = getattr(keras.applications, checkpoint.theirs)
    model = build(weights=None, **checkpoint.options)
    try:
        model.load_weights(path)
    except Exception as error:  # Keras raises many kinds
        raise ValueError(
            f"{path} does not fit keras.applications.{checkpoint.theirs}: "
            f"{error!s:.300}"
        ) from error
    found = {name: v.numpy() for name, v in variables(model).items()}
    if checkpoint.channels == "bgr":
        for name, array in found.items():
            if array.ndim == 4 and array.shape[2] == 3:  # of the stem
                found[name] = array[:, :, ::-1]
    return found


def variables(model):
    """{tensor name: variable} of a network of keras.applications."""
    import keras

    layers = [
        layer
        for layer in model._flatten_layers(include_self=False)
        if layer.weights and not isinstance(layer, keras.Model)
    ]
    names = dict(zip(layers, _names([x.name for x in layers]), strict=True))
    return {
        f"{names[layer]}/{variable.name}": variable
        for layer in layers
        for variable in layer.weights
    }


def _names(names):
    """The names with numbers from 1, whatever was built before.

    Keras gives a layer without a name the next number of its class.
    """
    numbers = {}  # kind: the numbers that Keras gave
    for name in names:
        if match := NUMBERED.fullmatch(name):
            numbers.setdefault(match[1], []).append(int(match[2] or 0))
    first = {kind: min(found) for kind, found in numbers.items()}
    for name in names:
        if match := NUMBERED.fullmatch(name):
            number = int(match[2] or 0) - first[match[1]] + 1
            name = f"{match[1]}_{number}"
        yield name
