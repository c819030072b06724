"""Leaves out the softmax or sigmoid that makes probabilities of logits."""

import keras

SQUASHING = (
    keras.activations.softmax,
    keras.activations.sigmoid,
    keras.activations.log_softmax,
)
SQUASHERS = ("LogSoftmax", "Sigmoid", "Softmax")  # layers and operations


def squashes(operation):
    """Whether a layer or operation ends in such an activation."""
    activation = getattr(operation, "activation", None)
    return activation in SQUASHING or _is_squasher(operation)


def without(operation, args, kwargs):
    """What it returns without its activation."""
    if _is_squasher(operation):
        return args[0]
    activation = operation.activation
    operation.activation = keras.activations.linear
    try:
        return operation(*args, **kwargs)
    finally:
        operation.activation = activation


def _is_squasher(operation):
    return type(operation).__name__ in SQUASHERS
