"""Times the activations, convolutions, pools and blocks of `layers`.

    python bench/layer_costs.py [--torch PYTHON]

PYTHON is an interpreter that has PyTorch. Writes bench/layers.md.
"""

import argparse
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
from _timing import Case, Torch, heading, table

from zoo import layers

ops = keras.ops


class Plain(keras.layers.Layer):
    """The obvious composition of Keras ops, as a layer."""

    def __init__(self, function, shape=None):
        super().__init__()
        self.function = function
        self.weight_shape = shape

    def build(self, input_shape):
        if self.weight_shape:
            self.w = self.add_weight(shape=self.weight_shape)

    def call(self, inputs):
        if self.weight_shape:
            return self.function(inputs, self.w)
        return self.function(inputs)


def padded(layer, padding=1):
    return keras.Sequential([keras.layers.ZeroPadding2D(padding), layer])


def squeeze_excitation():
    x = image = keras.Input((56, 56, 128))
    x = keras.layers.GlobalAveragePooling2D(keepdims=True)(x)
    x = keras.layers.Conv2D(8, 1, activation="relu")(x)
    x = keras.layers.Conv2D(128, 1, activation="sigmoid")(x)
    return keras.Model(image, keras.layers.Multiply()([image, x]))


def rrelu():
    def call(x):
        slopes = keras.random.uniform(ops.shape(x), 1 / 8, 1 / 3, seed=seed)
        return ops.where(x >= 0, x, slopes * x)

    seed = keras.random.SeedGenerator(1)
    return Plain(call)


def grouped(filters, groups, shape, kernel_size=3):
    def make():
        return layers.GroupedConv2D(
            filters, kernel_size, groups, padding=kernel_size // 2
        )

    name = (
        f"GroupedConv2D({filters}, {kernel_size}, groups={groups}) on {shape}"
    )
    arguments = {
        "filters": filters,
        "kernel_size": kernel_size,
        "groups": groups,
    }
    return Case(name, make, "PyTorch", arguments, shape)


def leaky():
    return keras.layers.LeakyReLU(0.2)


CASES = [
    Case("RReLU, inference", layers.RReLU, "LeakyReLU", leaky, training=False),
    Case("RReLU, training", layers.RReLU, "LeakyReLU", leaky),
    Case("RReLU, training", layers.RReLU, "keras ops", rrelu),
    Case(
        "PReLU",
        layers.PReLU,
        "keras.layers.PReLU(shared_axes=[1, 2])",
        lambda: keras.layers.PReLU(shared_axes=[1, 2]),
    ),
    Case(
        "ScaledTanh",
        layers.ScaledTanh,
        "keras ops",
        lambda: Plain(lambda x: 1.7159 * ops.tanh(x * (2 / 3))),
    ),
    Case(
        "Maxout(64)",
        lambda: layers.Maxout(64),
        "ops.maximum of two halves",
        lambda: Plain(lambda x: ops.maximum(x[..., :64], x[..., 64:])),
    ),
    Case(
        "CReLU",
        layers.CReLU,
        "relu of concat(x, -x)",
        lambda: Plain(lambda x: ops.relu(ops.concatenate([x, -x], -1))),
    ),
    Case(
        "Conv2D(128, 3, 2, padding=1)",
        lambda: layers.Conv2D(128, 3, 2, padding=1),
        "ZeroPadding2D + Conv2D",
        lambda: padded(keras.layers.Conv2D(128, 3, 2)),
    ),
    Case(
        "DepthwiseConv2D(3, 2, padding=1)",
        lambda: layers.DepthwiseConv2D(3, 2, padding=1),
        "ZeroPadding2D + DepthwiseConv2D",
        lambda: padded(keras.layers.DepthwiseConv2D(3, 2)),
    ),
    Case(
        "MaxPool2D(3, 2, padding=1)",
        lambda: layers.MaxPool2D(3, 2, padding=1),
        "ZeroPadding2D + MaxPooling2D",
        lambda: padded(keras.layers.MaxPooling2D(3, 2)),
    ),
    Case(
        "AvgPool2D(3, 2, padding=1)",
        lambda: layers.AvgPool2D(3, 2, padding=1),
        "ZeroPadding2D + AveragePooling2D",
        lambda: padded(keras.layers.AveragePooling2D(3, 2)),
    ),
    Case(
        "Subsampling(2)",
        lambda: layers.Subsampling(2),
        "AveragePooling2D",
        lambda: keras.layers.AveragePooling2D(2),
    ),
    Case(
        "StochasticDepth(0.2)",
        lambda: layers.StochasticDepth(0.2),
        "Dropout(noise_shape=(None, 1, 1, 1))",
        lambda: keras.layers.Dropout(0.2, (None, 1, 1, 1)),
    ),
    Case(
        "DropBlock(0.1)",
        lambda: layers.DropBlock(0.1),
        "Dropout(0.1)",
        lambda: keras.layers.Dropout(0.1),
    ),
    Case(
        "ChannelShuffle(4)",
        lambda: layers.ChannelShuffle(4),
        "ops.take",
        lambda: Plain(
            lambda x: ops.take(
                x, [g * 32 + i for i in range(32) for g in range(4)], axis=-1
            )
        ),
    ),
    Case(
        "SqueezeExcitation()",
        layers.SqueezeExcitation,
        "GlobalAveragePooling2D + two Conv2D + Multiply",
        squeeze_excitation,
    ),
    Case(
        "CBAM()",
        layers.CBAM,
        "SqueezeExcitation",
        layers.SqueezeExcitation,
    ),
    Case(
        "LayerScale()",
        layers.LayerScale,
        "x * gamma",
        lambda: Plain(lambda x, w: x * w, (128,)),
    ),
    grouped(128, 32, (8, 28, 28, 128)),
    grouped(128, 32, (16, 56, 56, 128)),
    grouped(512, 32, (16, 14, 14, 512)),
    grouped(240, 3, (16, 28, 28, 240), kernel_size=1),
    grouped(256, 2, (16, 27, 27, 96), kernel_size=5),
    Case(
        "GroupedConv2D(128, 3, groups=32) on (8, 28, 28, 128)",
        lambda: layers.GroupedConv2D(128, 3, 32, padding=1),
        "keras.layers.Conv2D(groups=32)",
        lambda: keras.layers.Conv2D(128, 3, groups=32, padding="same"),
        (8, 28, 28, 128),
    ),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--torch", help="an interpreter that has PyTorch")
    python = parser.parse_args().torch
    text = heading("What the layers cost") + table(
        CASES, Torch(python) if python else None
    )
    Path(__file__).with_name("layers.md").write_text(text)


if __name__ == "__main__":
    main()
