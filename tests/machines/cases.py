"""The cases of the grid: a convolution and what follows it."""

import dataclasses
import functools

import keras
import numpy as np

from tests.machines import reference
from zoo import layers

SIDE, CHANNELS, BATCH = 20, 16, 3  # of the images that each takes a part of

FACTORS = {
    "kind": ("plain", "depthwise", "grouped", "table"),
    "kernel": (1, 3, 5),
    "stride": (1, 2),
    "padding": ("valid", "same", "explicit"),
    "channels": (1, 2, 3, 4, 5, 6, 7, 8, CHANNELS),
    "size": (7, SIDE),
    "bias": (False, True),
    "norm": (False, True),
    "add": (False, True),
    "act": ("linear", "relu", "relu6", "leaky", "prelu", "elu"),
    "batch": (1, BATCH),
    "wide": (1, 2),
    "groups": ("few", "all"),
}
FEW_GROUPS = {1: 1, 2: 2, 3: 3, 4: 2, 5: 5, 6: 3, 7: 7, 8: 2, 16: 4}
OURS = {
    "relu": keras.layers.ReLU,
    "relu6": lambda: keras.layers.ReLU(6.0),
    "leaky": lambda: layers.LeakyReLU(reference.SLOPE),
    "prelu": layers.PReLU,
    "elu": keras.layers.ELU,
}
KERAS = OURS | {
    "leaky": lambda: keras.layers.LeakyReLU(reference.SLOPE),
    "prelu": lambda: keras.layers.PReLU(shared_axes=(1, 2)),
}


@functools.cache
def image():
    """What the cases take their parts of: float32 (BATCH, SIDE, SIDE, C)."""
    random = np.random.default_rng(0)
    shape = (BATCH, SIDE, SIDE, CHANNELS)
    return random.normal(size=shape).astype("float32")


@dataclasses.dataclass(frozen=True)
class Case:
    """One of each of FACTORS.

    Attributes:
        kind: The convolution's.
        kernel, stride, padding, bias: The convolution's arguments.
        channels, size: The channels and the side of its images.
        batch: How many images there are.
        norm: Whether a batch norm follows.
        add: Whether a sum with the image follows.
        act: The activation that follows.
        wide: How many filters there are for a channel.
        groups: How many a grouped convolution has: a few, or one a channel.
    """

    kind: str
    kernel: int
    stride: int
    padding: str
    channels: int
    size: int
    bias: bool
    norm: bool
    add: bool
    act: str
    batch: int
    wide: int
    groups: str

    @functools.cached_property
    def name(self):
        words = [self.kind]
        if self.kind == "grouped":
            words.append(f"by {self.group_count}")
        words.append(f"{self.kernel}x{self.kernel}/{self.stride}")
        words.append(f"{self.padding} on")
        words.append(f"{self.batch}x{self.size}x{self.size}x{self.channels}")
        words.append(f"to {self.filters}")
        then = [n for n in ("bias", "norm", "add") if getattr(self, n)]
        then += [self.act] if self.act != "linear" else []
        return " ".join(words) + "".join(f" + {word}" for word in then)

    @property
    def group_count(self):
        if self.kind != "grouped":
            return 1
        few = self.groups == "few"
        return FEW_GROUPS[self.channels] if few else self.channels

    @property
    def filters(self):
        return self.wide * self.channels

    @property
    def table(self):
        n = self.channels
        return [tuple({o % n, (o + 1) % n}) for o in range(self.filters)]

    @property
    def pads(self):
        """((top, bottom), (left, right))"""
        if self.padding == "valid":
            return ((0, 0), (0, 0))
        if self.padding == "same":
            return reference.same_pads(self.size, self.kernel, self.stride)
        half = self.kernel // 2
        return ((half, half), (half, half)) if half else ((1, 0), (0, 1))

    @functools.cached_property
    def x(self):
        step = SIDE // self.size
        x = image()[: self.batch, ::step, ::step, : self.channels]
        return np.ascontiguousarray(x[:, : self.size, : self.size])

    def kernel_shape(self):
        """Without height and width."""
        if self.kind == "depthwise":
            return (self.channels, self.wide)
        if self.kind == "table":
            return (len(self.connections()[0]),)
        return (self.channels // self.group_count, self.filters)

    def connections(self):
        """Channel and filter of each element of the kernel at a pixel."""
        if self.kind == "table":
            lengths = [len(row) for row in self.table]
            filters = np.repeat(np.arange(self.filters), lengths)
            return np.concatenate(self.table), filters
        if self.kind == "depthwise":
            filters = np.arange(self.filters)
            return filters // self.wide, filters
        inner = self.channels // self.group_count
        rows, filters = np.indices((inner, self.filters)).reshape(2, -1)
        group = filters // (self.filters // self.group_count)
        return group * inner + rows, filters

    def build(self, ours=True):
        """A model, and its convolution's kernel.

        Args:
            ours: Whether its layers are this package's, or Keras's where it has
                such.
        """
        x = keras.Input(self.x.shape[1:])
        made = []
        if ours or self.kind == "table":
            conv = self._conv(layers, self.padding)
        elif self.padding == "explicit":
            made.append(keras.layers.ZeroPadding2D(self.pads))
            conv = self._conv(keras.layers, "valid")
        else:
            conv = self._conv(keras.layers, self.padding)
        made.append(conv)
        if self.norm:
            norm = layers.BatchNorm if ours else keras.layers.BatchNormalization
            made.append(norm(epsilon=reference.EPSILON))
        y = x
        for layer in made:
            y = layer(y)
        if self.add:
            y = keras.layers.Add()([y, self._shortcut(x)])
        if self.act != "linear":
            made.append((OURS if ours else KERAS)[self.act]())
            y = made[-1](y)
        values = reference.weights(self)
        for layer in made:
            for variable in layer.weights:
                variable.assign(values[variable.name])
        return keras.Model(x, y), conv.weights[0]

    @property
    def shortcut(self):
        """Zeros on the sides of the image, and the pool behind: its size."""
        if self.kernel == 1 and self.padding == "explicit":
            return self.pads, 1
        return ((0, 0), (0, 0)), self.kernel if self.padding == "valid" else 1

    def _shortcut(self, x):
        """The image at the size of the outputs."""
        pads, size = self.shortcut
        if np.any(pads):
            x = keras.layers.ZeroPadding2D(pads)(x)
        if size > 1 or self.stride > 1:
            x = keras.layers.AveragePooling2D(size, self.stride)(x)
        if self.wide > 1:
            x = keras.layers.Concatenate()([x] * self.wide)
        return x

    def _conv(self, package, padding):
        options = {
            "kernel_size": self.kernel,
            "strides": self.stride,
            "padding": self.pads if padding == "explicit" else padding,
            "use_bias": self.bias,
        }
        if self.kind == "depthwise":
            options["depth_multiplier"] = self.wide
            return package.DepthwiseConv2D(**options)
        if self.kind == "table":
            return package.TableConv2D(self.table, **options)
        options["filters"] = self.filters
        if self.kind == "grouped":
            options["groups"] = self.group_count
            if package is layers:
                return layers.GroupedConv2D(**options)
        return package.Conv2D(**options)
