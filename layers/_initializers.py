"""Initializers given as plain numbers."""

import keras


def get(value):
    """The initializer that `value` names; a number stands for itself."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return keras.initializers.Constant(value)
    return keras.initializers.get(value)
