"""Scales what a model's first layers take, and folds that into their weights.

While it trains, each first layer takes (x - shift) · scale; at the end its
kernel and bias are changed so that the layer does the same to x itself.
"""

import keras
import numpy as np

from zoo.callbacks._hooks import Hook
from zoo.callbacks._sites import RECURRENT

CONVOLUTIONS = (keras.layers.Conv1D, keras.layers.Conv2D, keras.layers.Conv3D)


class Scaling:
    """The scaling of one layer's input.

    Args:
        layer: A `Dense`, a convolution whose channels are the last axis, or a
            recurrent layer.
        shift: What is taken off each column, or channel.
        scale: What the rest is multiplied by.
    """

    def __init__(self, layer, shift, scale):
        self.layer = layer
        self.shift = np.asarray(shift, "float32")
        self.scale = np.asarray(scale, "float32")
        self._hook = Hook(layer, "call", self._call)

    def _call(self, call, inputs, *args, **kwargs):
        shift = keras.ops.cast(self.shift, inputs.dtype)
        scale = keras.ops.cast(self.scale, inputs.dtype)
        return call((inputs - shift) * scale, *args, **kwargs)

    def put(self):
        """The layer takes scaled inputs again."""
        self._hook.put()

    def remove(self):
        """The layer takes its inputs as they are again."""
        self._hook.remove()

    def fold(self):
        """The same, with weights that do to the inputs what it did."""
        self.remove()
        owner = _owner(self.layer)
        kernel = np.asarray(keras.ops.convert_to_numpy(owner.kernel))
        scale = np.broadcast_to(self.scale, kernel.shape[-2:-1])
        scaled = kernel * scale[:, None]
        if self.shift.any():
            shift = np.broadcast_to(self.shift, kernel.shape[-2:-1])
            units = (scaled * shift[:, None]).reshape(-1, kernel.shape[-1])
            bias = keras.ops.convert_to_numpy(owner.bias)
            owner.bias.assign(bias - units.sum(0))
        owner.kernel.assign(scaled)


def _owner(layer):
    """What has the kernel: of a recurrent layer, its cell."""
    return layer.cell if isinstance(layer, RECURRENT) else layer


def scaling(layer, mean, std):
    """A `Scaling` to mean 0 and deviation 1, or None for other layers.

    A convolution that pads with zeros only divides: a shift would have to
    change what it pads with. So does a recurrent layer, whose biases differ.
    """
    if not isinstance(layer, (keras.layers.Dense, *CONVOLUTIONS, *RECURRENT)):
        return None
    if getattr(layer, "data_format", "channels_last") != "channels_last":
        return None
    width = _owner(layer).kernel.shape[-2]
    if np.size(mean) not in (1, width) or getattr(layer, "groups", 1) != 1:
        return None
    pads = getattr(layer, "padding", "valid") != "valid"
    mean, std = np.asarray(mean, float), np.asarray(std, float)
    if pads or not layer.use_bias or isinstance(layer, RECURRENT):
        size = np.sqrt(mean**2 + std**2)
        return Scaling(layer, 0.0, 1 / np.where(size > 0, size, 1.0))
    return Scaling(layer, mean, 1 / np.where(std > 0, std, 1.0))
