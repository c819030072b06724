"""Our own weights as safetensors: variables under their paths in the model."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from zoo.checkpoints import _fit

if TYPE_CHECKING:
    import keras


def save(model: "keras.Model", path: str | os.PathLike) -> None:
    """Writes the model's weights, and its name into the file's header.

    Raises:
        ImportError: safetensors is not installed.
    """
    try:
        from safetensors.numpy import save_file
    except ImportError as error:
        raise ImportError(
            f"{path}: writing .safetensors needs a library; "
            "pip install safetensors."
        ) from error
    tensors = {
        name: np.ascontiguousarray(variable)
        for name, variable in variables(model).items()
    }
    save_file(tensors, path, {"format": "cnn-zoo", "model": model.name})


def load(
    model: "keras.Model",
    tensors: Mapping[str, np.ndarray],
    skip_classifier: bool = False,
) -> bool:
    """Fills the model; False, and nothing is done, where names do not fit.

    Args:
        model: The model.
        tensors: What `save` wrote.
        skip_classifier: Leave the model's classifier as it is.

    Raises:
        ValueError: A tensor has another shape; the model is unchanged.
    """
    wanted = {
        path: variable
        for path, variable in variables(model).items()
        if not (skip_classifier and _fit.is_classifier(path))
    }
    if not wanted or not wanted.keys() <= tensors.keys():
        return False
    for path, variable in wanted.items():
        if tuple(variable.shape) != tensors[path].shape:
            raise ValueError(
                f"{path} has the shape {list(tensors[path].shape)}; "
                f"{model.name!r} needs {list(variable.shape)}."
            )
    for path, variable in wanted.items():
        variable.assign(tensors[path])
    return True


def variables(model: "keras.Model") -> dict:
    """{path: variable} of what `save` writes."""
    return {
        v.path: v for v in model.variables if v.name != "seed_generator_state"
    }
