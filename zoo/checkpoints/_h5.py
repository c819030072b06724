"""Reads `.h5` and `.weights.h5` files: {"layer/variable": array}."""

import re

import h5py

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
        ValueError: The file is damaged, or of neither layout.
    """
    try:
        with h5py.File(path, "r") as file:
            if "layers" in file:
                tensors = dict(_keras_3(file["layers"], path))
            else:
                tensors = dict(_keras_2(file.get("model_weights", file)))
    except (OSError, KeyError, AttributeError, RuntimeError) as error:
        raise ValueError(
            f"{path} is no HDF5 file, or damaged: {error}"
        ) from error
    if not tensors:
        raise ValueError(f"{path} holds no layers' weights.")
    return tensors


def _keras_2(file):
    for layer, group in file.items():
        for name in group.attrs.get("weight_names", ()):
            name = name.decode() if isinstance(name, bytes) else name
            yield name if "/" in name else f"{layer}/{name}", group[name][()]


def _keras_3(file, path):
    for key, group in file.items():
        if "layers" in group:  # of a model within the model
            yield from _keras_3(group["layers"], path)
        variables = group.get("vars", {})
        names = ORDER.get(re.sub(r"_\d+$", "", key), ())
        if len(variables) > len(names):
            raise ValueError(f"{path}: the variables of {key} have no names.")
        if key.startswith("batch_norm") and len(variables) == 3:
            names = names[1:]  # without a scale
        for number, array in variables.items():
            yield f"{variables.attrs['name']}/{names[int(number)]}", array[()]
