"""The cases of the grid: a convolution and what follows, with its numbers."""

import dataclasses
import functools
import zlib

import keras
import numpy as np

import layers
from tests.machines import reference

SIDE, CHANNELS, BATCH = 32, 16, 2  # of the image from which each takes a part

FACTORS = {
    "kind": ("plain", "depthwise", "grouped", "table"),
    "kernel": (1, 3, 5),
    "stride": (1, 2),
    "padding": ("valid", "same", "explicit"),
    "channels": (1, 2, 3, 4, 5, 6, 7, 8, 16),
    "size": (7, 8, 15, SIDE),
    "bias": (False, True),
    "norm": (False, True),
    "add": (False, True),
    "act": ("linear", "relu", "relu6", "leaky", "rrelu", "prelu", "elu"),
    "batch": (1, BATCH),
    "wide": (1, 2),
    "groups": ("few", "all"),
}
FEW_GROUPS = {1: 1, 2: 2, 3: 3, 4: 2, 5: 5, 6: 3, 7: 7, 8: 2, 16: 4}
SLOPE = 0.01
ACTIVATIONS = {
    "relu": keras.layers.ReLU,
    "relu6": lambda: keras.layers.ReLU(6.0),
    "leaky": lambda: keras.layers.LeakyReLU(SLOPE),
    "rrelu": lambda: layers.RReLU(0.3, 0.5),
    "prelu": layers.PReLU,
    "elu": keras.layers.ELU,
}


@functools.cache
def image():
    random = np.random.default_rng(0)
    return random.normal(size=(BATCH, SIDE, SIDE, CHANNELS)).astype("float32")


@dataclasses.dataclass(frozen=True)
class Case:
    """One of each of FACTORS.

    Attributes:
        kind: Of the convolution.
        kernel, stride, padding, channels, size, bias, batch: As of a layer, of
            its image, and of how many images.
        norm: Whether a batch norm follows.
        add: Whether a sum with the image follows.
        act: The activation that follows.
        wide: How many filters there are for a channel.
        groups: Of a grouped convolution: a few, or one a channel.
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

    @property
    def name(self):
        grouped = f" {self.group_count} groups" if self.kind == "grouped" else ""
        then = ("bias", "norm", "add")
        then = [word for word in then if getattr(self, word)]
        then += [self.act] if self.act != "linear" else []
        return (
            f"{self.kind}{grouped} {self.kernel}x{self.kernel}/{self.stride} "
            f"{self.padding} on {self.batch}x{self.size}x{self.size}x"
            f"{self.channels} to {self.filters}"
            + "".join(f" + {word}" for word in then)
        )

    @property
    def group_count(self):
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

    @property
    def out_size(self):
        return (self.size + sum(self.pads[0]) - self.kernel) // self.stride + 1

    @property
    def x(self):
        return self.part_of(image())[: self.batch]

    def part_of(self, images):
        """What the convolution sees of (N, SIDE, SIDE, CHANNELS)."""
        return images[:, : self.size, : self.size, : self.channels]

    def layer(self):
        options = {
            "kernel_size": self.kernel,
            "strides": self.stride,
            "padding": self.pads if self.padding == "explicit" else self.padding,
            "use_bias": self.bias,
        }
        if self.kind == "depthwise":
            return layers.DepthwiseConv2D(depth_multiplier=self.wide, **options)
        if self.kind == "table":
            return layers.TableConv2D(self.table, **options)
        if self.kind == "grouped":
            options["groups"] = self.group_count
            return layers.GroupedConv2D(self.filters, **options)
        return layers.Conv2D(self.filters, **options)

    def build(self, x):
        """The output for the Keras tensor `x`; the kernel."""
        conv = self.layer()
        y = conv(x)
        built = [conv]
        if self.norm:
            built.append(layers.BatchNorm(epsilon=1e-3))
            y = built[-1](y)
        if self.add:
            y = keras.layers.Add()([y, self._shortcut(x)])
        if self.act != "linear":
            built.append(ACTIVATIONS[self.act]())
            y = built[-1](y)
        values = self.values()
        for variable in sum((layer.weights for layer in built), []):
            variable.assign(values[variable.name])
        return y, conv.weights[0]

    def _shortcut(self, x):
        """The image, cut or padded to the size of the convolution's output."""
        more = max(self.out_size - self.size, 0)
        if more:
            x = keras.ops.pad(x, ((0, 0), (0, more), (0, more), (0, 0)))
        if self.out_size < self.size:
            x = x[:, : self.out_size, : self.out_size]
        if self.wide > 1:
            x = keras.layers.Concatenate()([x] * self.wide)
        return x

    def values(self):
        """The weights by name: of no two channels alike."""
        random = np.random.default_rng(zlib.crc32(self.name.encode()))
        rows, _ = self._connections()
        seen = len(rows) / self.filters * self.kernel**2
        shape = (self.kernel, self.kernel, *self._kernel_shape())
        kernel = random.normal(scale=3 / seen**0.5, size=shape)
        filters = self.filters
        values = {
            "kernel": kernel,
            "bias": random.normal(size=filters),
            "gamma": random.uniform(0.5, 1.5, filters),
            "beta": random.normal(size=filters),
            "moving_mean": random.normal(size=filters),
            "moving_variance": random.uniform(0.5, 1.5, filters),
            "alpha": random.uniform(0.1, 0.4, (1, 1, filters)),
        }
        return {k: v.astype("float32") for k, v in values.items()}

    def _kernel_shape(self):
        if self.kind == "depthwise":
            return (self.channels, self.wide)
        if self.kind == "table":
            return (len(self._connections()[0]),)
        if self.kind == "grouped":
            return (self.channels // self.group_count, self.filters)
        return (self.channels, self.filters)

    def _connections(self):
        """Channel and filter of each element of the kernel at a pixel."""
        if self.kind == "table":
            rows = np.concatenate(self.table)
            lengths = [len(row) for row in self.table]
            return rows, np.repeat(np.arange(self.filters), lengths)
        if self.kind == "depthwise":
            filters = np.arange(self.filters)
            return filters // self.wide, filters
        groups = self.group_count if self.kind == "grouped" else 1
        inner = self.channels // groups
        rows, filters = np.indices((inner, self.filters)).reshape(2, -1)
        return filters // (self.filters // groups) * inner + rows, filters

    @functools.cache
    def expected(self):
        """{"y": outputs, "dx", "dk": gradients of sum(y · weight), "weight"}"""
        values = {k: v.astype("float64") for k, v in self.values().items()}
        x, kernel = self.x.astype("float64"), values["kernel"]
        rows, filters = self._connections()
        dense = np.zeros((*kernel.shape[:2], self.channels, self.filters))
        dense[:, :, rows, filters] = kernel.reshape(*kernel.shape[:2], -1)
        y = reference.conv(x, dense, self.stride, self.pads)
        scale = 1.0
        if self.bias:
            y = y + values["bias"]
        if self.norm:
            scale = values["gamma"] / np.sqrt(values["moving_variance"] + 1e-3)
            y = (y - values["moving_mean"]) * scale + values["beta"]
        if self.add:
            y = y + self._numpy_shortcut(x)
        function, slope, kinks = self._activation(values)
        random = np.random.default_rng(1)
        weight = random.normal(size=y.shape)
        weight = weight * reference.far_from_kinks(y, kinks)
        weight = weight.astype("float32")
        dy = weight * slope(y)
        dx, dk = reference.conv_gradients(
            x, dense, self.stride, self.pads, dy * scale
        )
        if self.add:
            dx = dx + self._shortcut_gradient(dy)
        dk = dk[:, :, rows, filters].reshape(kernel.shape)
        return {"y": function(y), "dx": dx, "dk": dk, "weight": weight}

    def _activation(self, values):
        if self.act in reference.ACTIVATIONS:
            return reference.ACTIVATIONS[self.act]
        slopes = {"leaky": SLOPE, "rrelu": 0.4, "prelu": values["alpha"]}
        return reference.leaky(slopes[self.act])

    def _numpy_shortcut(self, x):
        more = max(self.out_size - self.size, 0)
        x = np.pad(x, ((0, 0), (0, more), (0, more), (0, 0)))
        x = x[:, : self.out_size, : self.out_size]
        return np.tile(x, self.wide)

    def _shortcut_gradient(self, dy):
        dy = np.sum(np.split(dy, self.wide, axis=-1), axis=0)
        more = max(self.size - self.out_size, 0)
        dy = np.pad(dy, ((0, 0), (0, more), (0, more), (0, 0)))
        return dy[:, : self.size, : self.size]
