"""Whether a classifier ends in logits or in probabilities.

The answers to sample images tell it: rows of numbers from 0 to 1 whose sum is 1
are probabilities, numbers below 0 or above 1 are logits. Numbers from 0 to 1
with other sums are logits only if the last layers are such that they could be
anything, as a dense layer's that is not trained yet.
"""

import keras
import numpy as np

from zoo.export._identities import is_identity

LOGITS, PROBABILITIES = "logits", "probabilities"
ROUNDING = 1e-2  # of a sum of probabilities in half precision
SIDE = 224  # of the sample images where the model leaves H or W open
SIGMOIDS = ("sigmoid", "hard_sigmoid")
UNBOUNDED = (
    "elu", "gelu", "leaky_relu", "linear", "mish", "relu", "selu", "silu",
    "softplus",
)  # fmt: skip
# They keep what is above 1, and what is no probability.
KEEPING = (
    "AveragePooling2D", "ELU", "Flatten", "GlobalAveragePooling2D",
    "GlobalMaxPooling2D", "LeakyReLU", "MaxPooling2D", "Mean", "Mish", "PReLU",
    "ReLU", "RReLU", "Reshape", "Squeeze",
)  # fmt: skip
MERGES = ("Add", "Average", "Maximum", "Minimum")


def kind(model):
    """ "logits" or "probabilities": what the model's output is.

    Args:
        model: A functional or sequential model of one output (N, classes).

    Raises:
        ValueError: It is neither: values between 0 and 1, as a sigmoid gives
            them, that are no distribution; or percentages.
    """
    output = model.outputs[0]
    told, rows = _told(output), _answers(model)
    if not len(rows):  # they are no numbers
        return told or LOGITS
    name = _activation(last(output))
    if not told:
        _check_sums(rows)
    if np.any((rows < 0) | (rows > 1 + ROUNDING)):
        return LOGITS
    is_one = np.allclose(rows.sum(axis=1), 1, rtol=0, atol=ROUNDING)
    if is_one and name not in SIGMOIDS and (np.ptp(rows, 0).any() or not told):
        return PROBABILITIES
    if told:
        return told
    ends = f"it ends in {name}, and " if name else ""
    raise ValueError(
        f"model must end in logits or in a softmax; {ends}its outputs are "
        "between 0 and 1 and do not sum to 1, as those of a sigmoid: "
        f"{rows[0]!r:.99}."
    )


def _check_sums(rows):
    """Refuses probabilities in another unit, such as percent."""
    sums = rows.sum(axis=1)
    total = sums.mean()
    if (
        np.all(rows >= 0)
        and np.allclose(sums, total, rtol=ROUNDING, atol=0)
        and not np.isclose(total, 1, rtol=0, atol=ROUNDING)
        and np.ptp(rows, 0).any()
    ):
        raise ValueError(
            "model must end in logits or in a softmax; its outputs are not "
            f"below 0 and sum to {total:.4g} for each image, as probabilities "
            f"times {total:.4g}. Divide them by that."
        )


def _told(tensor):
    """What the layers tell of a tensor; None if they do not."""
    operation, inputs = _made_by(tensor)
    name = type(operation).__name__
    activation = getattr(operation, "activation", None)
    if isinstance(operation, keras.layers.InputLayer):
        return None
    if name == "Softmax" or activation is keras.activations.softmax:
        axis = getattr(operation, "axis", -1)
        return PROBABILITIES if axis in (-1, len(tensor.shape) - 1) else None
    if name == "LogSoftmax":
        return LOGITS
    kinds = {_told(x) for x in inputs} if name in KEEPING + MERGES else set()
    if kinds == {LOGITS}:
        return LOGITS
    linear = hasattr(operation, "kernel") or hasattr(operation, "codes")
    if (
        linear
        or hasattr(getattr(operation, "layer", None), "kernel")
        or activation is not None
    ):
        name = getattr(activation, "__name__", "linear")
        return LOGITS if name in UNBOUNDED else None
    return None


def _answers(model):
    """The finite ones of the rows that the model answers to sample images."""
    sides = [side or SIDE for side in model.inputs[0].shape[1:]]
    random = np.random.default_rng(0)
    images = random.standard_normal((4, *sides), np.float32)
    images *= np.array([1, 3, 10, 100], np.float32)[:, None, None, None]
    outputs = model(keras.ops.convert_to_tensor(images), training=False)
    rows = keras.ops.convert_to_numpy(keras.ops.cast(outputs, "float32"))
    return rows[np.isfinite(rows).all(axis=1)]


def _activation(operation):
    """The name of what made the values; "" of a linear layer."""
    activation = getattr(operation, "activation", None)
    if activation is None:
        activation = type(operation) if not _is_layer(operation) else None
    name = getattr(activation, "__name__", "")
    return "" if name == "linear" else name.lower()


def _is_layer(operation):
    return isinstance(operation, keras.layers.Layer)


def last(tensor):
    """The operation that gave the tensor its values."""
    return _made_by(tensor)[0]


def _made_by(tensor):
    """(operation, its input tensors), in models and before identities."""
    operation, node, _ = tensor._keras_history
    if isinstance(operation, keras.layers.InputLayer):
        return operation, []
    inputs = operation._inbound_nodes[node].input_tensors
    if isinstance(operation, keras.Model) and operation.outputs:
        made = _made_by(operation.outputs[0])
        if not isinstance(made[0], keras.layers.InputLayer):
            return made
        return _made_by(inputs[0])
    is_cast = type(operation).__name__ in ("Cast", "StopGradient")
    if is_cast or is_identity(operation):
        return _made_by(inputs[0])
    return operation, inputs
