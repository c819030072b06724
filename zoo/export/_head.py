"""Whether a classifier ends in logits or in probabilities.

What the last layers are tells it nearly always: a dense layer, a softmax, or
something that does nothing in inference behind them. Where they do not, as
with a Lambda or an average of models, the answers to sample images do.
"""

import keras
import numpy as np

from zoo.export._identities import is_identity

LOGITS, PROBABILITIES = "logits", "probabilities"
ROUNDING = 1e-2  # of a sum of probabilities in half precision
SIDE = 224  # of the sample images where the model leaves H or W open
LINEAR = (keras.activations.linear, None)
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
        ValueError: It is neither: values that an activation put between 0 and
            1, as a sigmoid does, without making them a distribution.
    """
    output = model.outputs[0]
    last = _last(output)
    activation = getattr(last, "activation", None)
    if activation not in (*LINEAR, keras.activations.softmax):
        raise ValueError(
            "model must end in logits or in a softmax; it ends in "
            f"{getattr(activation, '__name__', activation)}."
        )
    return _told(output) or _measured(model)


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


def _measured(model):
    """What the answers to sample images tell."""
    sides = [side or SIDE for side in model.inputs[0].shape[1:]]
    random = np.random.default_rng(0)
    images = random.standard_normal((4, *sides), np.float32)
    images *= np.array([1, 3, 10, 100], np.float32)[:, None, None, None]
    outputs = model(keras.ops.convert_to_tensor(images), training=False)
    outputs = np.asarray(keras.ops.cast(outputs, "float32"))
    if not np.all((outputs >= 0) & (outputs <= 1 + ROUNDING)):
        return LOGITS
    if np.allclose(outputs.sum(axis=1), 1, rtol=0, atol=ROUNDING):
        return PROBABILITIES
    raise ValueError(
        "model must end in logits or in a softmax; its outputs are between 0 "
        f"and 1 and do not sum to 1, as those of a sigmoid: {outputs[0]!r:.99}."
    )


def _last(tensor):
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
