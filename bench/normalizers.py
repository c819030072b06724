"""Times the normalizers of `layers`.

    python bench/normalizers.py

Writes bench/normalizers.md.
"""

import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
from _timing import Case, heading, table

from zoo import layers

ops = keras.ops


class PlainLRN(keras.layers.Layer):
    """Local response normalization by the obvious ops."""

    def call(self, x):
        squares = ops.pad(ops.square(x), [(0, 0)] * 3 + [(2, 2)])
        channels = x.shape[-1]
        total = sum(squares[..., i : i + channels] for i in range(5))
        return x / ops.power(1.0 + 1e-4 * total, 0.75)


def conv():
    return layers.Conv2D(128, 3, padding=1)


def batch_norm():
    return keras.layers.BatchNormalization()


CASES = [
    Case("BatchNorm, training", layers.BatchNorm, "Keras's", batch_norm),
    Case(
        "BatchNorm, inference",
        layers.BatchNorm,
        "Keras's",
        batch_norm,
        training=False,
    ),
    Case(
        "BatchNorm, training, on (16, 14, 14, 512)",
        layers.BatchNorm,
        "Keras's",
        batch_norm,
        (16, 14, 14, 512),
    ),
    Case(
        "LayerNorm()",
        layers.LayerNorm,
        "keras.layers.GroupNormalization(1)",
        lambda: keras.layers.GroupNormalization(1),
    ),
    Case(
        "LayerNorm(axis=-1)",
        lambda: layers.LayerNorm(-1),
        "keras.layers.LayerNormalization()",
        lambda: keras.layers.LayerNormalization(),
    ),
    Case(
        "WeightNorm(Conv2D(128, 3))",
        lambda: layers.WeightNorm(conv()),
        "the plain Conv2D",
        conv,
    ),
    Case(
        "WeightStandardization(Conv2D(128, 3))",
        lambda: layers.WeightStandardization(conv()),
        "the plain Conv2D",
        conv,
    ),
    Case("LocalResponseNorm", layers.LocalResponseNorm, "ops", PlainLRN),
    Case(
        "MeanOnlyBatchNorm, training",
        layers.MeanOnlyBatchNorm,
        "BatchNorm",
        layers.BatchNorm,
    ),
    Case(
        "BatchRenorm, training",
        layers.BatchRenorm,
        "Keras's, renorm=True",
        lambda: keras.layers.BatchNormalization(renorm=True),
    ),
    Case(
        "DecorrelatedBatchNorm(16), training",
        layers.DecorrelatedBatchNorm,
        "BatchNorm",
        layers.BatchNorm,
    ),
    Case(
        "DecorrelatedBatchNorm(128), training",
        lambda: layers.DecorrelatedBatchNorm(128),
        "BatchNorm",
        layers.BatchNorm,
    ),
    Case(
        "DecorrelatedBatchNorm(16), inference",
        layers.DecorrelatedBatchNorm,
        "BatchNorm",
        layers.BatchNorm,
        training=False,
    ),
    Case(
        "IterativeNorm(64), training",
        layers.IterativeNorm,
        "BatchNorm",
        layers.BatchNorm,
    ),
    Case(
        "FilterResponseNorm",
        layers.FilterResponseNorm,
        "BatchNorm, training",
        layers.BatchNorm,
    ),
]


def main():
    text = heading("What the normalizers cost") + table(CASES)
    Path(__file__).with_suffix(".md").write_text(text)


if __name__ == "__main__":
    main()
