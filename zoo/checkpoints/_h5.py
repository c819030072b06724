"""Reads `.h5` and `.weights.h5` files: {"layer/variable": array}."""

import contextlib
import os
import re

import h5py
import ml_dtypes

from zoo.checkpoints import _h5_check

# Keras 3 numbers the variables of a layer, whose class names its group.
ORDER = {
    "batch_normalization": ("gamma", "beta", "moving_mean", "moving_variance"),
    "normalization": ("mean", "variance", "count"),
    "separable_conv2d": ("depthwise_kernel", "pointwise_kernel", "bias"),
    "layer_normalization": ("gamma", "beta"),
    "conv2d": ("kernel", "bias"),
    "depthwise_conv2d": ("kernel", "bias"),
    "dense": ("kernel", "bias"),
    "layer_scale": ("gamma",),
}


def read(path):
    """The file's arrays, in the layout of Keras 2 or of Keras 3.

    Raises:
        ValueError: The file is damaged, reaches beyond itself, or is of
            neither layout.
    """
    with opened(path) as file:
        if "layers" in file:
            tensors = dict(_keras_3(_group(file, "layers")))
        else:
            whole = "model_weights" in file  # a model, not its weights alone
            file = _group(file, "model_weights") if whole else file
            tensors = dict(_keras_2(file))
        if not tensors:
            raise ValueError("it holds no layers' weights")
        return tensors


def check(path, name=None):
    """Refuses a file, or the part of one, that Keras is about to read.

    Args:
        path: A path, or a binary file that can seek.
        name: What errors call it. None: its path.

    Raises:
        ValueError: The file is damaged, or reaches beyond itself.
    """
    with opened(path, name):
        pass


@contextlib.contextmanager
def opened(path, name=None):
    """An `h5py.File` whose every part has been checked."""
    try:
        with contextlib.ExitStack() as stack:
            raw = path
            if isinstance(path, str | os.PathLike):
                raw = stack.enter_context(open(path, "rb"))
            file = stack.enter_context(h5py.File(path, "r"))
            _h5_check.check(file, raw)
            yield file
    except _h5_check.Refused as error:
        raise ValueError(
            f"{name or path}: {error}. Only numbers within the file are read."
        ) from None
    except Exception as error:  # h5py raises nearly any kind
        raise ValueError(
            f"{name or path} is no HDF5 file of Keras, or damaged: "
            f"{error!s:.300}"
        ) from error


def _keras_2(file):
    for layer in file:
        group = _group(file, layer)
        for name in _h5_check.texts(group, "weight_names"):
            if not all(part.strip(".") for part in name.split("/")):
                raise ValueError(f"{name!r:.99} is no name of a weight")
            full = name if "/" in name else f"{layer}/{name}"
            yield full, _array(group, name)


def _keras_3(file):
    for key in file:
        group = _group(file, key)
        if "layers" in group:  # of a model within the model
            yield from _keras_3(_group(group, "layers"))
        if "vars" not in group:
            continue
        variables = _group(group, "vars")
        named = _h5_check.texts(variables, "name")
        if len(named) != 1 and len(variables):
            raise ValueError(f"{key} has no name")
        names = ORDER.get(re.sub(r"_\d+$", "", key), ())
        if len(variables) > len(names):
            raise ValueError(f"the variables of {key} have no names")
        if key.startswith("batch_norm") and len(variables) == 3:
            names = names[1:]  # without a scale
        for number in variables:
            if not number.isdecimal() or int(number) >= len(names):
                raise ValueError(f"{key} has no variable {number!r:.99}")
            yield f"{named[0]}/{names[int(number)]}", _array(variables, number)


def _group(group, name):
    found = group[name]
    if not isinstance(found, h5py.Group):
        raise ValueError(f"{name!r:.99} is no group")
    return found


def _array(group, name):
    found = group.get(name)
    if found is None:
        raise ValueError(f"{name!r:.99} is missing")
    if not isinstance(found, h5py.Dataset):
        raise ValueError(f"{name!r:.99} is no dataset")
    array = found[()]
    if _h5_check.is_bfloat16(found):
        array = array.view(ml_dtypes.bfloat16)
    return array
