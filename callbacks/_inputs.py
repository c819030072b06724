"""The inputs that a user gives to a probe, in the model's structure."""

import collections.abc

import keras
import numpy as np

from zoo.callbacks._tf import tf


class Inputs:
    """The inputs in `data`, read once.

    Args:
        data: An array, a structure of arrays, or batches: a tf.data.Dataset,
            a keras.utils.PyDataset or an iterator, each with batches as `fit`
            takes them.
        size: How many inputs to take of batches.

    Raises:
        ValueError: There is no batch, or the arrays differ in length.
    """

    def __init__(self, data, size):
        self._x, self._pairs = None, None
        batches = _batches(data)
        if batches is not None:
            self._x = _joined(batches, size)
        else:
            data = keras.tree.map_structure(np.asarray, data)
            # A list or tuple is what the model takes, or (x, y): it decides.
            if isinstance(data, (list, tuple)):
                self._pairs = data
            else:
                self._x = data
            _check_lengths(data)

    def of(self, model):
        """The inputs as `model` takes them."""
        if self._pairs is None:
            return self._x
        number = _number_of_inputs(model)
        first = self._pairs[0]
        alike = not isinstance(first, (list, tuple, dict))
        if number > 1 and alike and len(self._pairs) == number:
            return self._pairs
        x, _, _ = keras.utils.unpack_x_y_sample_weight(tuple(self._pairs))
        return x


def _batches(data):
    if isinstance(data, collections.abc.Iterator) or (
        tf is not None and isinstance(data, tf.data.Dataset)
    ):
        return data
    if isinstance(data, keras.utils.PyDataset):
        return (data[i] for i in range(len(data)))
    return None


def _joined(batches, size):
    inputs, count = [], 0
    for batch in batches:
        x, _, _ = keras.utils.unpack_x_y_sample_weight(batch)
        inputs.append(keras.tree.map_structure(np.asarray, x))
        count += len(keras.tree.flatten(inputs[-1])[0])
        if count >= size:
            break
    if not inputs:
        raise ValueError("probe is a dataset without a single batch.")
    return keras.tree.map_structure(
        lambda *arrays: np.concatenate(arrays)[:size], *inputs
    )


def _check_lengths(data):
    shapes = [array.shape for array in keras.tree.flatten(data)]
    if not shapes or not all(shapes) or len({s[0] for s in shapes}) > 1:
        raise ValueError(
            "probe must be an array of inputs or a structure of arrays with "
            f"as many inputs each; received arrays of the shapes {shapes}."
        )


def _number_of_inputs(model):
    """How many tensors the model takes as one structure."""
    if getattr(model, "inputs", None):
        return len(model.inputs)
    built = getattr(model, "_build_shapes_dict", None) or {}
    shapes = next(iter(built.values()), ())
    if isinstance(shapes, dict):
        return len(shapes)
    several = [s for s in shapes or () if isinstance(s, (list, tuple))]
    return len(several) or 1
