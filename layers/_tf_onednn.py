"""TensorFlow's oneDNN kernels: whether they run, and forms they get right.

The forms are used whether they run here or not, since a SavedModel travels;
`_tf_patterns` tells what goes wrong otherwise. Imported only where TensorFlow
is the backend.
"""

import os

import tensorflow as tf

from zoo.layers import _backend, _tf_patterns

# The gradients of a 1 × 1 convolution of fewer channels write past their memory
# where the strides divide the image. Explicit padding, of no pixels too, runs
# other kernels.
CHANNELS_OF_A_BLOCK = 16


def is_on():
    """Whether TensorFlow runs oneDNN's kernels in this process."""
    try:
        from tensorflow.python.util import _pywrap_util_port

        return bool(_pywrap_util_port.IsMklEnabled())
    except (ImportError, AttributeError):  # no part of TensorFlow's interface
        return os.environ.get("TF_ENABLE_ONEDNN_OPTS") == "1"


def fence(x):
    """`x`, apart from what follows: no rewriting merges the two.

    It moves no memory, and is nothing where there is no graph to rewrite.
    """
    if tf.executing_eagerly() or _backend.in_xla():
        return x
    return tf.squeeze(tf.expand_dims(x, 0), 0)


def leaky_relu(x, slope):
    """`tf.nn.leaky_relu`, whose slope stays as it is."""
    if not tf.executing_eagerly() and not _tf_patterns.may_follow(
        "LeakyRelu", _operation(x).type
    ):
        x = fence(x)
    return tf.nn.leaky_relu(x, slope)


def _operation(x):
    while x.op.type in _tf_patterns.VANISHING:
        x = x.op.inputs[x.value_index]
    return x.op
