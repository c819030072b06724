"""MobileNetV2 and V3 as their authors' TensorFlow code has them.

They differ from `zoo.mobilenet_v2` and the like, which are torchvision's and
timm's, by the padding of convolutions of stride 2: as TensorFlow's "same" has
it, right and bottom first; and from V2 by its batch norm's epsilon. The weights
of timm's tf_ networks and of keras.applications are for these. The minimalistic
members have no squeeze-and-excitation, no hard-swish and no 5x5 kernels.
"""

import functools

from zoo import layers
from zoo.models import mobilenet_v2, mobilenet_v3, register
from zoo.models.mobilenet_v3 import LARGE, SMALL, minimal, scaled


def _options_of(family):
    """Gives a function the family's further arguments and their description."""
    return functools.wraps(family, assigned=("__doc__",))


@_options_of(mobilenet_v2.mobilenet)
def v2(width, **options):
    return mobilenet_v2.mobilenet(
        width,
        "same",
        paper_norm=lambda: layers.BatchNorm(momentum=0.99, epsilon=1e-3),
        **options,
    )


@_options_of(mobilenet_v3.mobilenet)
def v3(table, units, **options):
    return mobilenet_v3.mobilenet(table, units, "same", **options)


def _register_v2(params, macs):
    return register(v2, mobilenet_v2.PAPER, params=params, macs=macs)


def _register_v3(params, macs):
    return register(v3, mobilenet_v3.PAPER, params=params, macs=macs)


@_register_v2(1_677_128, 59_285_808)
def tf_mobilenet_v2_x0_35(**options):
    """MobileNetV2 with 0.35 times the channels, padded as in TensorFlow."""
    return v2(0.35, **options)


@_register_v2(1_968_680, 97_131_840)
def tf_mobilenet_v2_x0_5(**options):
    """MobileNetV2 with 0.5 times the channels, padded as in TensorFlow."""
    return v2(0.5, **options)


@_register_v2(2_636_424, 209_069_792)
def tf_mobilenet_v2_x0_75(**options):
    """MobileNetV2 with 0.75 times the channels, padded as in TensorFlow."""
    return v2(0.75, **options)


@_register_v2(3_504_872, 300_774_272)
def tf_mobilenet_v2(**options):
    """MobileNetV2, padded as in TensorFlow."""
    return v2(1.0, **options)


@_register_v2(5_386_792, 509_374_560)
def tf_mobilenet_v2_x1_3(**options):
    """MobileNetV2 with 1.3 times the channels, padded as in TensorFlow."""
    return v2(1.3, **options)


@_register_v2(6_108_776, 582_195_824)
def tf_mobilenet_v2_x1_4(**options):
    """MobileNetV2 with 1.4 times the channels, padded as in TensorFlow."""
    return v2(1.4, **options)


@_register_v3(5_483_032, 216_589_760)
def tf_mobilenet_v3_large(**options):
    """MobileNetV3-Large, padded as in TensorFlow."""
    return v3(LARGE, 1280, **options)


@_register_v3(3_993_528, 154_560_624)
def tf_mobilenet_v3_large_x0_75(**options):
    """MobileNetV3-Large with 0.75 of the channels, padded as in TensorFlow."""
    return v3(scaled(LARGE, 0.75), 1280, **options)


@_register_v3(3_924_288, 209_136_704)
def tf_mobilenet_v3_large_minimal(**options):
    """MobileNetV3-Large of 3x3 kernels and ReLU, padded as in TensorFlow."""
    return v3(minimal(LARGE), 1280, **options)


@_register_v3(2_542_856, 56_510_400)
def tf_mobilenet_v3_small(**options):
    """MobileNetV3-Small, padded as in TensorFlow."""
    return v3(SMALL, 1024, **options)


@_register_v3(2_041_872, 43_399_344)
def tf_mobilenet_v3_small_x0_75(**options):
    """MobileNetV3-Small with 0.75 of the channels, padded as in TensorFlow."""
    return v3(scaled(SMALL, 0.75), 1024, **options)


@_register_v3(2_044_736, 52_288_448)
def tf_mobilenet_v3_small_minimal(**options):
    """MobileNetV3-Small of 3x3 kernels and ReLU, padded as in TensorFlow."""
    return v3(minimal(SMALL), 1024, **options)
