"""TensorFlow, where it is installed, and the check that it is in charge."""

import keras

try:
    import tensorflow as tf
except ImportError:
    tf = None


def require(monitor):
    if keras.backend.backend() != "tensorflow":
        raise RuntimeError(
            f"{monitor} watches the training step inside TensorFlow's graph; "
            f"Keras runs on {keras.backend.backend()!r} here. Set "
            'KERAS_BACKEND="tensorflow" before keras is imported.'
        )
