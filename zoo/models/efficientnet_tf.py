"""EfficientNet and EfficientNetV2 as their authors' TensorFlow code has them.

They differ from `zoo.efficientnet_b0` and the like, which are torchvision's and
timm's, by the padding of convolutions of stride 2: as TensorFlow's "same" has
it, right and bottom first. The authors' weights, which timm and
keras.applications have, are for these.
"""

import functools
import math

from zoo.models import efficientnet, efficientnet_v2, register

# Blocks, stride of the first, expansion, filters of EfficientNetV2-B0: the
# authors' code, as XL is; the first three stages are fused.
V2_BASE = (
    (1, 1, 1, 16),
    (2, 2, 4, 32),
    (2, 2, 4, 48),
    (3, 2, 4, 96),
    (5, 1, 6, 112),
    (8, 2, 6, 192),
)
V2_XL = (
    (4, 1, 1, 32),
    (8, 2, 4, 64),
    (8, 2, 4, 96),
    (16, 2, 4, 192),
    (24, 1, 6, 256),
    (32, 2, 6, 512),
    (8, 1, 6, 640),
)


def _options_of(family):
    """Gives a function the family's further arguments and their description."""
    return functools.wraps(family, assigned=("__doc__",))


@_options_of(efficientnet.efficientnet)
def v1(width, depth, paper_dropout, **options):
    return efficientnet.efficientnet(
        width, depth, paper_dropout, padding="same", **options
    )


@_options_of(efficientnet_v2.efficientnet)
def v2(table, paper_dropout, stem_filters=None, head_filters=1280, **options):
    return efficientnet_v2.efficientnet(
        table, paper_dropout, stem_filters, head_filters, "same", **options
    )


def v2_base(width, depth, paper_dropout, **options):
    """EfficientNetV2-B0, wider and deeper."""

    def scaled(channels):
        return int(channels * width + 4) // 8 * 8

    table = tuple(
        (math.ceil(depth * blocks), strides, expansion, scaled(filters))
        for blocks, strides, expansion, filters in V2_BASE
    )
    return v2(table, paper_dropout, scaled(32), scaled(1280), **options)


def _register(size, params, macs):
    return register(
        v1, efficientnet.PAPER, params=params, macs=macs,
        input_shape=(size, size, 3),
    )  # fmt: skip


def _register_v2(size, params, macs):
    return register(
        v2, efficientnet_v2.PAPER, params=params, macs=macs,
        input_shape=(size, size, 3),
    )  # fmt: skip


@_register(224, 5_288_548, 385_814_752)
def tf_efficientnet_b0(**options):
    """EfficientNet-B0, padded as in TensorFlow."""
    return v1(1.0, 1.0, 0.2, **options)


@_register(240, 7_794_184, 686_802_832)
def tf_efficientnet_b1(**options):
    """EfficientNet-B1, padded as in TensorFlow."""
    return v1(1.0, 1.1, 0.2, **options)


@_register(260, 9_109_994, 993_561_872)
def tf_efficientnet_b2(**options):
    """EfficientNet-B2, padded as in TensorFlow."""
    return v1(1.1, 1.2, 0.3, **options)


@_register(300, 12_233_232, 1_827_141_392)
def tf_efficientnet_b3(**options):
    """EfficientNet-B3, padded as in TensorFlow."""
    return v1(1.2, 1.4, 0.3, **options)


@_register(380, 19_341_616, 4_393_771_024)
def tf_efficientnet_b4(**options):
    """EfficientNet-B4, padded as in TensorFlow."""
    return v1(1.4, 1.8, 0.4, **options)


@_register(456, 30_389_784, 10_266_384_752)
def tf_efficientnet_b5(**options):
    """EfficientNet-B5, padded as in TensorFlow."""
    return v1(1.6, 2.2, 0.4, **options)


@_register(528, 43_040_704, 19_067_593_536)
def tf_efficientnet_b6(**options):
    """EfficientNet-B6, padded as in TensorFlow."""
    return v1(1.8, 2.6, 0.5, **options)


@_register(600, 66_347_960, 37_745_884_192)
def tf_efficientnet_b7(**options):
    """EfficientNet-B7, padded as in TensorFlow."""
    return v1(2.0, 3.1, 0.5, **options)


@_register(672, 87_413_142, 62_597_461_568)
def tf_efficientnet_b8(**options):
    """EfficientNet-B8, padded as in TensorFlow."""
    return v1(2.2, 3.6, 0.5, **options)


@_register(800, 480_309_308, 475_703_653_280)
def tf_efficientnet_l2(**options):
    """EfficientNet-L2, padded as in TensorFlow."""
    return v1(4.3, 5.3, 0.5, **options)


@_register_v2(224, 7_139_704, 718_086_176)
def tf_efficientnet_v2_b0(**options):
    """EfficientNetV2-B0, padded as in TensorFlow."""
    return v2_base(1.0, 1.0, 0.2, **options)


@_register_v2(240, 8_141_052, 1_196_819_360)
def tf_efficientnet_v2_b1(**options):
    """EfficientNetV2-B1, padded as in TensorFlow."""
    return v2_base(1.0, 1.1, 0.2, **options)


@_register_v2(260, 10_096_086, 1_697_542_832)
def tf_efficientnet_v2_b2(**options):
    """EfficientNetV2-B2, padded as in TensorFlow."""
    return v2_base(1.1, 1.2, 0.3, **options)


@_register_v2(300, 14_358_406, 3_011_458_816)
def tf_efficientnet_v2_b3(**options):
    """EfficientNetV2-B3, padded as in TensorFlow."""
    return v2_base(1.2, 1.4, 0.3, **options)


@_register_v2(384, 21_458_488, 8_365_617_152)
def tf_efficientnet_v2_s(**options):
    """EfficientNetV2-S, padded as in TensorFlow."""
    return v2(efficientnet_v2.S, 0.2, **options)


@_register_v2(480, 54_139_356, 24_582_460_384)
def tf_efficientnet_v2_m(**options):
    """EfficientNetV2-M, padded as in TensorFlow."""
    return v2(efficientnet_v2.M, 0.3, **options)


@_register_v2(480, 118_515_272, 56_079_699_008)
def tf_efficientnet_v2_l(**options):
    """EfficientNetV2-L, padded as in TensorFlow."""
    return v2(efficientnet_v2.L, 0.4, **options)


@_register_v2(512, 208_119_808, 93_353_451_520)
def tf_efficientnet_v2_xl(**options):
    """EfficientNetV2-XL, padded as in TensorFlow."""
    return v2(V2_XL, 0.4, **options)
