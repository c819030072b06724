"""What TensorFlow's oneDNN kernels get wrong, and forms that they get right.

TensorFlow rewrites a graph before it runs it, as processor, version and
`TF_ENABLE_ONEDNN_OPTS` have it, and a SavedModel travels. So these forms are
used everywhere. Seen alike in TensorFlow 2.18 to 2.21:

- `LeakyRelu` behind a sum of a convolution, its bias and another tensor is
  merged with them and computes with the slope 0.2, whatever its own.
- Mish there, and mish and tanh behind a convolution and `FusedBatchNorm`, are
  merged into what has no kernel: an error.
- A depthwise convolution with explicit padding, merged with a bias, ends the
  process.
- `maximum(x, a · x)`, a > 1, becomes `LeakyRelu`, which is the minimum.
- The gradients of a 1 × 1 convolution with strides that divide the image, of
  fewer than 16 channels, write past their memory. Explicit padding, of zero
  pixels too, runs other kernels.

Imported only where TensorFlow is the backend.
"""

import os

import tensorflow as tf

from zoo.layers import _backend

CHANNELS_OF_A_BLOCK = 16

FENCE = "Squeeze"  # the operation that ends a fence
# What an operation may take its input from without a fence between: what
# TensorFlow merges it with, and computes right.
_CONVOLUTIONS = {"BiasAdd", "Conv2D", "Conv3D", "MatMul", FENCE}
_NORMS = {"FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"}
_SOURCES = {
    "LeakyRelu": _CONVOLUTIONS | _NORMS,
    "Softplus": _CONVOLUTIONS,  # mish is x · tanh(softplus(x))
    "Tanh": _CONVOLUTIONS | {"Softplus"},
}
VANISHING = ("Identity", "IdentityN")


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
    if not tf.executing_eagerly() and not may_precede(
        "LeakyRelu", _operation(x).type
    ):
        x = fence(x)
    return tf.nn.leaky_relu(x, slope)


def may_precede(operation, source):
    """Whether an operation may take its first input right from another.

    Args:
        operation: Its type.
        source: The other's type; None if it is not known.
    """
    return operation not in _SOURCES or source in _SOURCES[operation]


def _operation(x):
    while x.op.type in VANISHING:
        x = x.op.inputs[x.value_index]
    return x.op
